import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text import clean_body, flagged
from intake.text.flagged import WORD_CHARACTERS, FlaggedPassage
from intake.text.html.reader import parse

EVIL = '<a href="https://evil.example/?a=1&amp;b=2">'


FRAGMENTS = [
    "<p>", "<s>", "</s>", "<b>", "</b>", EVIL, "</a>", "<li>", "<br>", "<pre>", "</pre>", "<td>", "bank.example", "p\u0430y",
    "pal", " ", "\n", "&amp;", "&lt;", "\u2009", "\ue000", "a\u0378", "e" + "\u0301" * 9, "水" * 50,
]  # fmt: skip
HTML = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join)


def content(html: str) -> str:
    """Return the `textContent` of HTML."""
    return "".join(parse(f"<p></p>{html}").itertext())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Nothing, <em>here</em>.</p>", []),
        ("<p>At p\u0430yp\u0430l.</p>", [("mixed-script", "p\u0430yp\u0430l")]),
        ("<p>“p\u0430yp<strong>al</strong>”, no</p>", [("mixed-script", "p\u0430ypal")]),
        ("<p>pay</p><p>\u043f\u0430\u043b</p>", []),
        ("<p>pay<br>\u043f\u0430\u043b</p>", []),
        ("<table><tbody><tr><td>pay</td><td>\u043f\u0430\u043b</td></tr></tbody></table>", []),
        ("<p>a\u2003b\u2003c and d\u2002e</p>", [("odd-space", "a\u2003b\u2003c"), ("odd-space", "d\u2002e")]),
        ("<p>10\u202f000\u202f000 and 5\u2009kg</p>", []),
        ("<p>他在葛\U000e0100城市</p>", [("variant", "葛\U000e0100")]),
        ("<p>one “don\u02bct”, don’t</p>", [("apostrophe", "don\u02bct")]),
        ("<p>well\u2010known</p><p>long-term</p>", [("hyphen", "well\u2010known")]),
        ("<p>&lt;p\u0430ypal&amp;co&gt;</p>", [("mixed-script", "<p\u0430ypal&co>")]),
        ("<p>a <s>one <br>two</s> b</p>", [("struck-out", "one  two")]),
        ("<p><s>one</s></p><p><s>two</s></p>", [("struck-out", "one"), ("struck-out", "two")]),
        ("<p><s>a </s><strong><s>b</s></strong> c <s>d</s></p>", [("struck-out", "a b"), ("struck-out", "d")]),
        (f"<p>{EVIL}<strong>www.</strong>bank.example</a></p>", [("disguised-link", "www.bank.example")]),
        (f"<p>{EVIL}www.evil.example</a> {EVIL}a bank</a></p>", []),
        ('<p>a<a href="#note-1" id="ref-1"><sup>1</sup></a></p>', []),
        (f"<p><s>{EVIL}p\u0430ypal.example</a></s></p>", [
            ("mixed-script", "p\u0430ypal.example"), ("struck-out", "p\u0430ypal.example"), ("disguised-link", "p\u0430ypal.example"),
        ]),
    ],
)  # fmt: skip
def test_finds_words(html: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.word) for one in flagged.find(html)] == expected


def test_places_count_the_text_of_the_html() -> None:
    html = "<h2>A &amp; b</h2><p>At p\u0430ypal.</p><ul><li>or <s>old</s></li></ul>"
    assert flagged.find(html) == [
        FlaggedPassage("mixed-script", 8, 14, "p\u0430ypal"),
        FlaggedPassage("struck-out", 18, 21, "old"),
    ]
    assert [content(html)[one.start : one.end] for one in flagged.find(html)] == ["p\u0430ypal", "old"]


def test_long_words_are_cut() -> None:
    (struck,) = flagged.find(f"<p><s>{'word ' * 40}</s></p>")
    assert len(struck.word) == WORD_CHARACTERS
    assert struck.word.endswith("…")
    (word,) = flagged.find(f"<p>{'x' * 100}\ue000{'x' * 100}</p>")
    assert (word.start, word.end, len(word.word)) == (60, 141, WORD_CHARACTERS)


def test_a_line_has_flags_too() -> None:
    assert flagged.find_in_line("<s> of p\u0430ypal") == [
        FlaggedPassage("mixed-script", 7, 13, "p\u0430ypal")
    ]
    assert flagged.find_in_line("") == []


def test_kinds_are_named_once() -> None:
    assert flagged.kinds("<p><s>a</s> b <s>c</s> \ue000</p>") == ["struck-out", "private-use"]


@given(HTML)
def test_passages_lie_in_the_text_and_those_of_a_kind_apart(raw: str) -> None:
    html = clean_body(raw, format="html").html
    text, last = content(html), dict[str, int]()
    for one in flagged.find(html):
        assert last.get(one.kind, 0) <= one.start < one.end <= len(text)
        last[one.kind] = one.end
        # A line break is no character in `textContent`, but a space in `one.word`, so white space is ignored.
        quoted = "".join(one.word.removesuffix("…").split())
        assert "".join(text[one.start : one.end].split()).startswith(quoted)


@given(st.text("p\u0430y \u202f\ue000\n.(", max_size=300))
def test_a_passage_of_a_line_is_the_word_that_it_quotes(line: str) -> None:
    for one in flagged.find_in_line(line):
        if one.end - one.start <= WORD_CHARACTERS:
            assert one.word == line[one.start : one.end].replace("\n", " ")


@given(st.lists(st.sampled_from([one for one in FRAGMENTS if one.isascii()]), max_size=12).map("".join))
def test_the_quick_test_of_ascii_misses_no_flag(html: str) -> None:
    # The non-ASCII letter disables the shortcut for ASCII texts, and is not flagged itself.
    assert flagged.find(html) == flagged.find(f"{html}<p>\u00e9</p>")
