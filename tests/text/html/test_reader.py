from collections import Counter

import pytest

from intake.text.html.reader import TooDeep, TreeReader, parse


def read(raw: str) -> str:
    return TreeReader(Counter()).read(parse(raw)).html()


def test_nothing_is_an_empty_text() -> None:
    assert read("") == ""


def test_links_lose_the_underline_that_editors_give_them() -> None:
    raw = '<a href="https://e.example/"><span style="text-decoration:underline">a</span></a><u>b</u>'
    assert read(raw) == '<p><a href="https://e.example/">a</a><u>b</u></p>'


def test_blocks_in_a_heading_share_it() -> None:
    assert read("<h2><div>a</div><div>b</div></h2>") == "<h2>a</h2><h2>b</h2>"


def test_blocks_in_preformatted_text_share_it() -> None:
    assert read("<pre><div>a\n b</div></pre>") == "<pre>a\n b</pre>"


def test_tabs_of_word_indent_verse() -> None:
    tab = "<span style='mso-tab-count:1'>      </span>"
    assert read(f"<p>a<br>{tab}b</p>") == "<p>a<br>\xa0\xa0\xa0\xa0b</p>"
    assert read(f"<p>{tab}a</p>") == "<p>a</p>"


def test_bold_cells() -> None:
    raw = '<table><tr><td style="font-weight:bold">a</td></tr></table>'
    assert read(raw) == "<table><tbody><tr><td><strong>a</strong></td></tr></tbody></table>"


def test_counts_of_cells_are_small_numbers() -> None:
    raw = '<table><tr><td colspan="99999999999">a</td><td rowspan="-1">b</td><td colspan="1">c</td></tr></table>'
    assert read(raw) == "<table><tbody><tr><td>a</td><td>b</td><td>c</td></tr></tbody></table>"


def test_too_deep() -> None:
    with pytest.raises(TooDeep):
        read("<span>" * 201 + "a")
