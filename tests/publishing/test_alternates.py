"""Addresses of the published texts in other languages, in the feeds and in the exported page."""

import uuid
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import update

from intake.db import transaction
from intake.models import Editor, Submission
from intake.permissions.reach import EVERYTHING, Reach
from intake.publishing.accepted import (
    Accepted,
    AcceptedPage,
    Alternate,
    accepted_submission,
    accepted_submissions,
)
from intake.publishing.amend import retract
from intake.publishing.atom import ATOM, atom
from intake.publishing.json_feed import json_feed
from intake.publishing.publish import publish
from intake.publishing.zip_pages import facts, page
from intake.review.translations import link
from tests.cast import Contributor
from tests.publishing.pages import CHANNEL
from tests.publishing.submissions import accepted
from tests.publishing.test_accepted import accept, sent
from tests.statements import statements

OTHERS = [Alternate("kk", "https://m.example/kk?a=1&b=2"), Alternate("ru", "https://m.example/ru")]
WHOLE = accepted(language="en", status="published", published_url="https://m.example/en", alternates=OTHERS)


@pytest.fixture
def family(contributor: Contributor, editor: Editor) -> dict[str, uuid.UUID]:
    """Published source in English, and its translations: Russian and Kazakh published, French accepted."""
    found = {}
    for language in ("en", "ru", "kk", "fr"):
        number = found[language] = sent(contributor, language)
        accept(number, editor)
        with transaction() as session:
            values = {"language": language, "section": "Opinion" if language == "kk" else "News"}
            session.execute(update(Submission).where(Submission.id == number).values(**values))
    for language in ("ru", "kk", "fr"):
        with transaction() as session:
            link(session, found[language], editor, found["en"], EVERYTHING)
    for language in ("en", "ru", "kk"):
        with transaction() as session:
            publish(session, found[language], editor, 4, f"https://m.example/{language}")
    return found


def alternates(number: uuid.UUID, reach: Reach = EVERYTHING) -> list[str]:
    with transaction() as session:
        return [one.language for one in accepted_submission(session, number, reach).alternates]


def test_each_names_the_published_others(family: dict[str, uuid.UUID]) -> None:
    assert {language: alternates(number) for language, number in family.items()} == {
        "en": ["kk", "ru"],
        "ru": ["en", "kk"],
        "kk": ["en", "ru"],
        "fr": ["en", "kk", "ru"],
    }


def test_an_address_that_somebody_may_not_see_is_left_out(family: dict[str, uuid.UUID]) -> None:
    news = Reach(sections=("News",))
    assert alternates(family["en"], news) == ["ru"]
    with transaction() as session:
        feed = accepted_submissions(session, reach=news).items
    assert {url.url for one in feed for url in one.alternates} == {
        "https://m.example/en",
        "https://m.example/ru",
    }


def test_what_is_retracted_has_no_address(family: dict[str, uuid.UUID], editor: Editor) -> None:
    with transaction() as session:
        retract(session, family["ru"], editor, 5, "Why")
    assert alternates(family["en"]) == ["kk"]


def test_a_feed_needs_as_many_queries_with_links(family: dict[str, uuid.UUID]) -> None:
    with statements() as sent, transaction() as session:
        accepted_submissions(session)
    assert len(sent) == 7  # there are no photos


def links(one: Accepted) -> list[dict[str, str]]:
    feed = ET.fromstring(atom(AcceptedPage([one], None), CHANNEL))
    found = feed.iterfind(f"{{{ATOM}}}entry/{{{ATOM}}}link[@rel='alternate']")
    return [
        {name: link.attrib[name] for name in ("hreflang", "href") if name in link.attrib} for link in found
    ]


def test_an_atom_entry_tells_the_language_of_each_address() -> None:
    assert links(WHOLE) == [
        {"hreflang": "en", "href": "https://m.example/en"},
        {"hreflang": "kk", "href": "https://m.example/kk?a=1&b=2"},
        {"hreflang": "ru", "href": "https://m.example/ru"},
    ]
    assert links(accepted(language="und", published_url="https://m.example/x")) == [
        {"href": "https://m.example/x"}
    ]


def test_the_json_feed_and_the_facts_list_them() -> None:
    listed = [{"language": one.language, "url": one.url} for one in OTHERS]
    (item,) = json_feed(AcceptedPage([WHOLE], None), CHANNEL)["items"]
    assert item["_transom"]["alternates"] == listed
    assert facts(WHOLE)["alternates"] == listed
    (bare,) = json_feed(AcceptedPage([accepted()], None), CHANNEL)["items"]
    assert "alternates" not in bare["_transom"]


def test_the_page_links_to_them_and_to_itself() -> None:
    shown = page(WHOLE)
    assert '<link rel="alternate" hreflang="en" href="https://m.example/en">' in shown
    assert '<link rel="alternate" hreflang="kk" href="https://m.example/kk?a=1&amp;b=2">' in shown
    assert "hreflang" not in page(accepted(published_url="https://m.example/en"))
    assert page(accepted(alternates=OTHERS)).count("hreflang") == 2
