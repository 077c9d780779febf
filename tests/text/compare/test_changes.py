import pytest

from intake.text import clean_body, source
from intake.text.compare import changes as module
from intake.text.compare.changes import AROUND, MOST, DiffPart, changes, named
from intake.text.unicode import invisible


def told(before: str, after: str) -> str:
    marks = {"gone": "-", "new": "+", "same": "", "gap": ""}
    return "".join(
        f"{marks[one.kind]}[{one.text}]" if marks[one.kind] else one.text for one in changes(before, after)
    )


def test_nothing_is_told_of_nothing() -> None:
    assert changes("", "") == []
    assert changes("They came.\r\nAt night.", "They came.\nAt night.") == []


def test_what_is_invisible_has_a_name() -> None:
    raw = "They\u200b came\u202e."
    assert (
        told(raw, invisible.clean(raw).text)
        == "They-[⟨U+200B zero width space⟩] came-[⟨U+202E right-to-left override⟩]."
    )
    assert named("\x07") == "⟨U+0007⟩"


def test_markup_is_text() -> None:
    raw = "<p onclick=x()>Hello</p>"
    assert changes(raw, clean_body(raw, format="html").html) == [
        DiffPart("same", "<p"),
        DiffPart("gone", " onclick=x()"),
        DiffPart("same", ">Hello</p>"),
    ]


def test_far_from_a_change_is_a_gap() -> None:
    found = changes("x" * 1000 + "\u200b" + "y" * 1000, "x" * 1000 + "y" * 1000)
    assert [one.kind for one in found] == ["gap", "same", "gone", "same", "gap"]
    assert found[1].text == "x" * AROUND


def test_there_is_an_end() -> None:
    raw = "a\u200b\n" * 2 * MOST
    found = changes(raw, invisible.clean(raw).text)
    assert len(found) == MOST + 1
    assert found[-1].kind == "gap"


def test_without_time_a_line_is_one_change(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECONDS", 0)
    assert told("same\na\u200bb", "same\nab") == "same\n-[a⟨U+200B zero width space⟩b]+[ab]"


def test_long_html_takes_no_longer_than_it_may() -> None:
    raw = "<p onclick=x()>Hello <script>alert(1)</script><b>you</b></p>" * 500
    assert changes(source(raw), source(clean_body(raw, format="html").html))
