import re
from typing import Any

import pytest
from lxml import etree

from intake.publishing.accepted import AcceptedPage
from intake.publishing.atom import atom
from intake.text import clean_body, clean_line
from tests.publishing.pages import CHANNEL, PAGE, WHOLE
from tests.publishing.submissions import accepted

NS = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
# RFC 3339 with a capital T and Z (RFC 4287, section 3.3).
DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IRI = re.compile(r"[a-z][a-z0-9+.-]*:\S+")
# Element → its allowed children, with minimum and maximum number (sections 4.1.1 and 4.1.2).
FEED = {
    "id": (1, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "author": (1, 99),
    "link": (1, 99),
    "entry": (0, 99),
}
ENTRY = {
    "id": (1, 1), "title": (1, 1), "updated": (1, 1), "published": (0, 1), "author": (0, 99), "category": (0, 99),
    "link": (0, 99), "content": (0, 1),
}  # fmt: skip


def parsed(page: AcceptedPage = PAGE) -> Any:
    return etree.fromstring(atom(page, CHANNEL))


def check(element: Any, children: dict[str, tuple[int, int]]) -> None:
    names = [child.tag for child in element]
    assert set(names) <= {NS + name for name in children}
    for name, (least, most) in children.items():
        assert least <= names.count(NS + name) <= most, name
    assert IRI.fullmatch(element.findtext(f"{NS}id"))
    for name in ("updated", "published"):
        assert all(DATE.fullmatch(found.text) for found in element.findall(NS + name))
    for link in element.findall(f"{NS}link"):
        assert IRI.fullmatch(link.get("href"))
        assert set(link.attrib) <= {"rel", "type", "href", "hreflang", "title", "length"}
    for author in element.findall(f"{NS}author"):
        assert author.findtext(f"{NS}name")
    alternates = [(one.get("type"), one.get("hreflang")) for one in element if one.get("rel") == "alternate"]
    assert len(alternates) == len(set(alternates))


@pytest.mark.parametrize("page", [PAGE, AcceptedPage([], None)])
def test_it_holds_to_the_standard(page: AcceptedPage) -> None:
    feed = parsed(page)
    assert feed.tag == f"{NS}feed"
    check(feed, FEED)
    assert feed.find(f"{NS}link").get("rel") == "self"
    entries = feed.findall(f"{NS}entry")
    assert len({one.findtext(f"{NS}id") for one in entries}) == len(page.items)
    for entry in entries:
        check(entry, ENTRY)
        assert entry.find(f"{NS}content").get("type") == "html"
        assert all(one.get("term") for one in entry.findall(f"{NS}category"))


def test_a_submission_with_everything() -> None:
    entry = parsed().find(f"{NS}entry")
    assert entry.findtext(f"{NS}title") == WHOLE.title
    assert entry.findtext(f"{NS}content") == CHANNEL.content(WHOLE)
    assert entry.get(f"{XML}lang") == "kk"
    assert entry.findtext(f"{NS}author/{NS}name") == "Ә. Н."
    assert [one.get("term") for one in entry.findall(f"{NS}category")] == ["News", "ice", "river & lake"]
    links = {one.get("rel"): one for one in entry.findall(f"{NS}link")}
    assert links["alternate"].get("href") == WHOLE.published_url
    photo = next(one for one in entry.findall(f"{NS}link") if one.get("rel") == "enclosure")
    assert (photo.get("type"), photo.get("title")) == ("image/jpeg", 'The "door" / A. N.')


def test_who_gave_no_name_is_covered_by_the_magazine() -> None:
    feed = parsed()
    bare = feed.findall(f"{NS}entry")[1]
    assert bare.find(f"{NS}author") is None
    assert feed.findtext(f"{NS}author/{NS}name") == "The <Lantern> & Co"
    assert bare.get(f"{XML}lang") is None


def test_the_next_page_is_linked() -> None:
    assert [one.get("href") for one in parsed().findall(f"{NS}link") if one.get("rel") == "next"] == [
        CHANNEL.next
    ]


def test_cleaning_leaves_nothing_that_xml_has_no_room_for() -> None:
    """XML 1.0, section 2.2, lists the allowed characters. Lone surrogates are not tested: the database refuses them."""
    no_room = [chr(code) for code in (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)]
    line = clean_line("a" + "a".join(no_room) + "a")
    body = clean_body(f"<p>{line}{''.join(no_room)}&#xFFFE;&#1;</p>", format="html").html
    submission = accepted(title=line, html=body)
    assert parsed(AcceptedPage([submission], None)).findtext(f"{NS}entry/{NS}title") == line
