import re

import pytest
from hypothesis import given

from intake.text import clean_body, flag_display, flagged, render
from intake.text.flag_display import FlagMark
from tests.text.test_flagged import EVIL, HTML, content

_LINKS = re.compile(r'<a class="flag__link"[^>]*>[^<]*</a>')
_MARKS = re.compile(r"</?mark[^>]*>")


def marks(html: str) -> list[FlagMark]:
    return [FlagMark(n, one.start, one.end, one.kind) for n, one in enumerate(flagged.find(html), 1)]


def marked(html: str) -> str:
    """Return HTML with a `<mark>` around each flagged text, without the links that follow it."""
    return _LINKS.sub("", flag_display.mark_html(html, marks(html)))


def test_a_mark_is_around_the_word_and_has_links_behind() -> None:
    html = "<p>At p\u0430ypal.</p>"
    assert flag_display.mark_html(html, [FlagMark(3, 3, 9, 'Say "a" & b', 4)]) == (
        '<p>At <mark class="flag" id="flag-3" tabindex="-1" title="Say &quot;a&quot; &amp; b">p\u0430ypal</mark>'
        '<a class="flag__link" href="#flag-3-listed" aria-label="Flag 3, back to the list">3</a>'
        '<a class="flag__link" href="#flag-4" aria-label="Next flag, 4">↓</a>.</p>'
    )
    assert "Next" not in flag_display.mark_html(html, [FlagMark(3, 3, 9, "")])
    assert flag_display.mark_html(html, []) == html


def test_one_flag_may_need_several_marks_and_has_one_id() -> None:
    assert marked("<p>p\u0430<em>yp</em>al</p>") == (
        '<p><mark class="flag" id="flag-1" tabindex="-1" title="mixed-script">p\u0430</mark>'
        '<em><mark class="flag">yp</mark></em><mark class="flag">al</mark></p>'
    )


def test_flags_that_overlap_are_nested() -> None:
    assert marked("<p><s>A p\u0430ypal</s></p>") == (
        '<p><s><mark class="flag" id="flag-1" tabindex="-1" title="struck-out">A </mark>'
        '<mark class="flag" id="flag-2" tabindex="-1" title="mixed-script">p\u0430ypal</mark></s></p>'
    )


def test_a_link_has_no_other_link_and_no_stop_in_it() -> None:
    html = f"<p>{EVIL}bank.example</a>.</p>"
    assert flag_display.mark_html(html, marks(html)) == (
        f'<p>{EVIL}<mark class="flag" id="flag-1" title="disguised-link">bank.example</mark></a>'
        '<a class="flag__link" href="#flag-1-listed" aria-label="Flag 1, back to the list">1</a>.</p>'
    )


def test_a_line_is_escaped() -> None:
    assert flag_display.mark_line("<b> p\u0430ypal", [FlagMark(1, 4, 10, "x")]) == (
        '&lt;b&gt; <mark class="flag" id="flag-1" tabindex="-1" title="x">p\u0430ypal</mark>'
    )


@given(HTML)
def test_marks_change_nothing_else_and_each_is_there_once(raw: str) -> None:
    html = render(clean_body(raw, format="html").html)
    found = flag_display.mark_html(html, marks(html))
    assert _MARKS.sub("", _LINKS.sub("", found)) == html
    ids = re.findall(r' id="flag-(\d+)"', found)
    assert sorted(map(int, ids)) == list(range(1, len(marks(html)) + 1))
    assert found.count("<mark") == found.count("</mark>")
    assert found.count("back to the list") == len(ids)
    assert content(_LINKS.sub("", found)) == content(html)


@pytest.mark.parametrize(
    ("kind", "word", "shown", "letters"),
    [
        ("mixed-script", "p\u0430yp\u0430l", "p\u0430yp\u0430l", "Cyrillic \u0430"),
        ("mixed-script", "\u0440\u0430yб\u03bf", "\u0440\u0430yб\u03bf", "Latin y; Greek \u03bf"),
        ("odd-space", "10\u202f000", "10⟨U+202F narrow no-break space⟩000", ""),
        ("private-use", "a \ue000", "a ⟨U+E000⟩", ""),
        ("struck-out", "p\u0430y\xa0al", "p\u0430y\xa0al", ""),
    ],
)
def test_characters_that_look_alike_or_like_nothing_are_named(
    kind: str, word: str, shown: str, letters: str
) -> None:
    assert flag_display.spelled(kind, word) == shown
    assert flag_display.foreign_letters(kind, word) == letters
