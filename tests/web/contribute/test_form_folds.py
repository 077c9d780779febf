"""Collapsible parts of the form (`details`): optional fields are collapsed while empty and without errors."""

import re

import pytest

from tests.web.people import WORDS, Contributor

FOLD = re.compile(r'<details class="fold" data-fold( open)?>\s*<summary>([^<]+)</summary>')


def _open(page: str) -> set[str]:
    # A set, because each photo has a collapsible part with the same title.
    return {title for is_open, title in FOLD.findall(page) if is_open}


def test_all_are_closed_at_first(contributor: Contributor) -> None:
    page = contributor.client.get("/send", follow_redirects=True).text
    assert len(set(FOLD.findall(page))) == 6
    assert _open(page) == set()


@pytest.mark.parametrize(
    ("changed", "titles"),
    [
        ({}, set()),
        ({"language": "", "format": "plain", "section": "News"}, set()),
        ({"language": "kk"}, {"Format, language, section"}),
        ({"format": "verse"}, {"Format, language, section"}),
        ({"section": "Opinion"}, {"Format, language, section"}),
        ({"print_name": "A. Reader"}, {"Name, and how to reach you"}),
        ({"contact": "x" * 301}, {"Name, and how to reach you"}),
        ({"embargo_until": "2001-01-01T00:00"}, {"Do not publish before"}),
        ({"caption-3": "The door"}, {"Add photos", "What it shows, and a name to print"}),
        ({"credit-1": "A neighbour"}, {"Add photos", "What it shows, and a name to print"}),
    ],
    ids=[
        "empty",
        "defaults",
        "language",
        "format",
        "section",
        "name",
        "too-long",
        "past",
        "caption",
        "credit",
    ],
)
def test_one_is_open_if_it_holds_something(
    contributor: Contributor, changed: dict[str, str], titles: set[str]
) -> None:
    sent = {"language": ""} | changed
    page = contributor.send(**(sent | {"consent": ""})).text
    assert "Please look at this again" in page
    assert _open(page) == titles
    assert WORDS["title"] in page
