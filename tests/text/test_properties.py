"""Property tests of cleaned texts, mostly with generated texts of characters and tags that the cleaner handles."""

import unicodedata
from html import escape

from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.text import clean_body, clean_line
from intake.text.unicode import invisible, twins
from tests.text import invariants
from tests.text.allowed import strange
from tests.text.fragments import (
    ATTRIBUTES,
    ELEMENTS,
    INVISIBLE,
    KEPT,
    MARKS,
    ODDITIES,
    REFERENCES,
    SPACES,
    WORDS,
)
from tests.text.seen import letters

# Each kind is equally likely, although there are 2,048 surrogates and two joiners.
HIDDEN = st.one_of([st.sampled_from(chars) for chars in INVISIBLE.values()])
# Single letters, because most rules depend on two neighbouring letters. WORDS has whole words for the others.
LETTERS = st.sampled_from("aбоاب می১ক্ষ්ක් กᠠ葛\u1100👩❤🏴1")
PIECES = [HIDDEN, HIDDEN, LETTERS, *map(st.sampled_from, (MARKS, WORDS, SPACES))]
TEXTS = st.lists(st.one_of(PIECES), max_size=30).map("".join) | st.text(max_size=40)
# Tags whose rules interact: they nest, close one another, or take the rest as text. Others are included for
# completeness.
COMMON = st.sampled_from(
    [
        "p", "b", "i", "a", "br", "ul", "ol", "li", "table", "tr", "td", "h2", "div", "pre", "xmp", "plaintext", "svg", "style",
        "select", "img", "html", "body",
    ]
)  # fmt: skip
TAGS = st.builds(
    "<{}{}{}>".format,
    st.sampled_from(("", "", "/")),
    COMMON | st.sampled_from(ELEMENTS),
    st.sampled_from(["", "", *ATTRIBUTES]),
)
MARKUP = [TAGS, TAGS, *map(st.sampled_from, (ODDITIES, REFERENCES)), *PIECES]
HTML = st.lists(st.one_of(MARKUP), max_size=25).map("".join) | st.text(max_size=40)
# Tags with which the cleaner hides and drops no text, so all letters must be in the result.
SIMPLE = st.builds(
    "<{}{}>".format, st.sampled_from(("", "/")), COMMON.filter(KEPT.__contains__) | st.sampled_from(KEPT)
)
SIMPLE_HTML = st.lists(SIMPLE | LETTERS, max_size=25).map("".join)

# `derandomize` gives the same examples in each run. `script/fuzz text` searches for others.
many = settings(max_examples=200, derandomize=True)
more = settings(max_examples=400, derandomize=True)


@given(TEXTS)
@many
def test_cleaning_characters_again_changes_nothing(raw: str) -> None:
    once = invisible.clean(raw)
    twice = invisible.clean(once.text)
    assert (twice.text, twice.removed) == (once.text, {})


@given(TEXTS)
@many
def test_lengthens_nothing_but_joined_emoji(raw: str) -> None:
    added = raw.count("\u200d") * 2 + sum(
        len(twins.COMPOSED.get(char, "")) + ("\ufb50" <= char <= "\ufefc") * 2 for char in raw
    )
    assert len(invisible.clean(raw).text) <= len(unicodedata.normalize("NFC", raw)) + added


@given(TEXTS)
@many
def test_leaves_what_can_be_seen_and_a_space_between(raw: str) -> None:
    cleaned = invisible.clean(raw).text
    assert letters(cleaned) == letters(raw)
    meant = "".join(map(_meant, invisible.newlines(raw)))
    # A kept joiner prevents marks from being reordered, so both sides are normalized to NFC.
    left, right = (unicodedata.normalize("NFC", invisible.bare(text)) for text in (cleaned, meant))
    assert [*map(letters, left.split())] == [*map(letters, right.split())]


@given(TEXTS)
@many
def test_plain_text_is_all_there_and_settled(raw: str) -> None:
    assert invariants.of_plain(raw, clean_body(raw, format="plain")) == []


@given(TEXTS)
@many
def test_verse_is_all_there_and_settled(raw: str) -> None:
    cleaned = clean_body(raw, format="verse")
    assert invariants.of_plain(raw, cleaned) == []
    assert clean_body(cleaned.text, format="verse").html == cleaned.html


@given(TEXTS)
@many
def test_a_line_is_all_there_and_settled(raw: str) -> None:
    assert invariants.of_line(raw, clean_line(raw)) == []


@given(
    st.lists(st.sampled_from(["- ", "1. ", "22. ", "\n", "\n", "\n\n", "  "]) | st.one_of(PIECES)).map(
        "".join
    )
)
@many
def test_lists_in_plain_text_hold_and_are_settled(raw: str) -> None:
    html = clean_body(raw, format="light").html
    assert strange(html) == []
    assert clean_body(html, format="html").html == html


@given(HTML)
@more
@example("<b>x</b>\u0338")
@example("<table><b><tr><td>a</b>c")
def test_html_holds_and_is_settled(raw: str) -> None:
    """Browsers and libxml2 may disagree on markup that nobody writes. script/fuzz searches for such cases."""
    assert invariants.of_any(clean_body(raw, format="html")) == []


@given(SIMPLE_HTML)
@more
def test_html_without_anything_to_hide_is_all_there(raw: str) -> None:
    assert invariants.of_html(raw, clean_body(raw, format="html")) == []


@given(TEXTS | HTML)
@many
def test_what_is_escaped_is_all_there(raw: str) -> None:
    assert invariants.of_escaped(raw, clean_body(f"<p>{escape(raw)}</p>", format="html")) == []


def _meant(char: str) -> str:
    return bytes([ord(char)]).decode("cp1252", "ignore") if "\x80" <= char <= "\x9f" else char
