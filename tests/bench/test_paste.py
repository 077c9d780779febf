"""Visible content of pastes, on small examples."""

from typing import TYPE_CHECKING

import pytest

from tests.bench import paste
from tests.bench.paste import KINDS, Paste

if TYPE_CHECKING:
    from playwright.sync_api import Page

WORD = """
<style>p.loud {font-weight: bold} .gone {display: none}</style>
<h1><b>Heading</b></h1> <p class=MsoTitle>Title</p> <div role=heading>Another</div> <h2></h2>
<p style='mso-list: l0 level1 lfo1'><span style='mso-list: Ignore'>1.</span>Item</p> <ul><li><ul><li>Item</li></ul></li></ul>
<p style='mso-list: none'>No item</p>
<table><tr><th>Bold anyway</th><td><i>Cell</i></td></tr></table>
<p><a href='https://example.org/'>Link</a> <a href='#here'>no link</a></p>
<p class=loud>One <span>run</span> <i>two</i></p> <p class=gone><b>Gone</b></p>
"""


def counts(*numbers: int) -> dict[str, int]:
    return dict(zip(KINDS, numbers, strict=True))


def test_counts_what_a_paste_means(page: "Page") -> None:
    text, found = paste.seen(page, WORD)
    assert text.startswith("HeadingTitleAnotherItemItemNoitemBold")
    assert "Gone" not in text
    assert found == counts(3, 2, 1, 1, 3)


def test_what_is_cleaned_is_compared_with_what_was_pasted(page: "Page") -> None:
    same = paste.paste(page, "a", "<p><b>bold</b> <a href='https://example.org/'>link</a></p>")
    assert same == Paste("a", True, counts(0, 0, 0, 1, 1), counts(0, 0, 0, 1, 1))
    assert not paste.paste(page, "b", "<p>seen<del datetime='2026-01-01'>lost</del></p>").keeps_text


def test_the_table_sums_and_names_what_differs() -> None:
    kept = Paste("a", True, counts(1, 2, 3, 4, 5), counts(1, 2, 3, 4, 5))
    lost = Paste("b", False, counts(1, 0, 0, 0, 0), counts(0, 1, 0, 0, 0))
    lines = paste.table({"paste-word.jsonl": [kept, lost], "paste-docs.jsonl": [kept]}).splitlines()
    assert "| word | 2 | 1 | 2 → 1 | 2 → 3 | 3 → 3 | 4 → 4 | 5 → 5 |" in lines
    assert "| all | 3 | 2 | 3 → 2 | 4 → 5 | 6 → 6 | 8 → 8 | 10 → 10 |" in lines
    assert lines[-1] == "- b: headings 1 → 0, list items 0 → 1."


def test_without_the_corpus_the_page_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paste, "TEXTS", None)
    assert "not counted" in paste.section()
