import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text import clean_body
from intake.text.merge.blocks import named, numbered, parts, split
from tests.text.fragments import ATTRIBUTES, KEPT, REFERENCES

TAGS = st.builds(
    "<{}{}{}>".format, st.sampled_from(["", "/"]), st.sampled_from(KEPT), st.sampled_from(["", *ATTRIBUTES])
)
HTML = st.lists(st.one_of(TAGS, st.sampled_from(REFERENCES), st.sampled_from(["word ", "x", " ", "\n"]))).map(
    "".join
)
NOTED = (
    '<p>a<a href="#note-1" id="ref-1"><sup>1</sup></a></p><hr><p>b<a href="#note-2" id="ref-2"><sup>*</sup></a></p>'
    '<ol><li id="note-1">one <a href="#ref-1">↩</a></li><li id="note-2">two <a href="#ref-2">↩</a></li></ol>'
)


@given(HTML)
def test_no_character_of_a_cleaned_text_is_lost(raw: str) -> None:
    cleaned = clean_body(raw, format="html").html
    assert "".join(split(cleaned)) == cleaned


@given(HTML)
def test_names_of_footnotes_leave_a_cleaned_text_as_it_was(raw: str) -> None:
    cleaned = clean_body(raw, format="html").html
    found = parts(cleaned)
    side = named(found, found)
    text = "".join(one.html for one in side.blocks)
    assert numbered(text, {name: note.html for name, note in side.notes.items()}) == cleaned


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("", []),
        ("<p>a<br>b</p><hr><ul><li>c</li></ul>", ["<p>a<br>b</p>", "<hr>", "<ul><li>c</li></ul>"]),
        ("<blockquote><p>a</p><hr></blockquote>x", ["<blockquote><p>a</p><hr></blockquote>", "x"]),
        ("x<p>a</p>", ["x", "<p>a</p>"]),
    ],
)
def test_split(html: str, blocks: list[str]) -> None:
    assert split(html) == blocks


def test_footnotes_are_kept_apart_from_lists() -> None:
    assert list(parts(NOTED).notes) == ["1", "2"]
    assert len(parts(NOTED).blocks) == 3
    assert parts("<ol><li>a</li></ol>").notes == {}


def test_a_mark_that_is_not_its_number_stays() -> None:
    found = parts(NOTED)
    side = named(found, found)
    text = "".join(one.html for one in side.blocks)
    assert numbered(text, {name: note.html for name, note in side.notes.items()}) == NOTED
    assert "<sup>*</sup>" in text
    assert "<sup>1</sup>" not in text


def test_words_that_look_like_a_mark_stay() -> None:
    words = '<p>href="#note-1" id="ref-1"</p>'
    found = parts(words)
    assert numbered("".join(one.html for one in named(found, found).blocks), {}) == words
