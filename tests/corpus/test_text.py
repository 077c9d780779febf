"""Attacks, prose and pasted texts from other sources. Skipped if the corpus is missing."""

import re
import unicodedata
from html import escape

import html5lib
import pytest

from intake.text import clean_body, clean_line
from intake.text.unicode import invisible
from tests.corpus.test_language import TAGS
from tests.corpus.texts import mark, marks, names, needs_corpus, rows
from tests.text.allowed import strange

pytestmark = [pytest.mark.slow, needs_corpus]


@pytest.mark.parametrize("name", names("xss"))
def test_attacks_leave_nothing_outside_the_allow_list(name: str) -> None:
    for row in rows(name):
        cleaned = clean_body(row["payload"], format="html").html
        assert strange(cleaned) == [], row["id"]
        assert clean_body(cleaned, format="html").html == cleaned, row["id"]


@pytest.mark.parametrize("name", names("parser") + names("naughty"))
def test_awkward_strings_are_cleaned(name: str) -> None:
    for row in rows(name):
        cleaned = clean_body(row["payload"], format="html").html
        assert strange(cleaned) == [], row["id"]
        assert clean_body(cleaned, format="html").html == cleaned, row["id"]
        assert strange(clean_body(row["payload"], format="plain").html) == [], row["id"]


@pytest.mark.parametrize("name", names("prose") + names("keep"))
def test_prose_is_left_as_it_is(name: str) -> None:
    for row in rows(name):
        text = unicodedata.normalize("NFC", row["payload"])
        assert clean_body(row["payload"], format="plain").text == text, row["id"]
        cleaned = clean_body(f"<p>{escape(row['payload'])}</p>", format="html")
        shown = "".join(html5lib.parseFragment(cleaned.html).itertext())
        assert shown == text.strip(), row["id"]
        assert not cleaned.removed, row["id"]


@pytest.mark.parametrize("name", names("bidi"))
def test_reordering_is_undone_and_the_letters_kept(name: str) -> None:
    for row in rows(name):
        text = clean_body(row["payload"], format="plain").text
        assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069\u200b"), row["id"]
        # Repeated spaces become one.
        assert text.split() == unicodedata.normalize("NFC", invisible.bare(row["payload"])).split(), row["id"]


@pytest.mark.parametrize("name", names("prose"))
def test_languages_are_told(name: str) -> None:
    for row in rows(name):
        expected = TAGS[row["id"].removeprefix("udhr-")]
        assert clean_body(row["payload"], format="plain").language == expected, row["id"]


@pytest.mark.parametrize("name", marks())
def test_marks_are_gone(name: str) -> None:
    """Copies that hide 32 bits keep no variation selector, joiner, doubled space or letter of another alphabet."""
    text = mark(name)
    for cleaned in (
        clean_body(text, format="plain").text,
        clean_body(f"<p>{escape(text)}</p>", format="html").text,
        clean_line(text),
    ):
        assert not re.search("[\U000e0100-\U000e01ef]|  |[а-я]|[ادذرزژو]\u200c", cleaned)
        assert len(cleaned) > len(text) // 2
