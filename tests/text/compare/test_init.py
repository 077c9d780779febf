import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text import clean_body
from intake.text.compare import MOST, ComparisonRow, compare_lines, compare_texts
from intake.text.compare.show import is_safe
from tests.text.fragments import ATTRIBUTES, ELEMENTS, KEPT, ODDITIES, REFERENCES, WORDS

MARKUP = st.one_of(
    [
        st.sampled_from([*WORDS, *REFERENCES, *ODDITIES, "<br>", "<hr>", '<a href="https://a.example/">']),
        st.sampled_from([f"<{name}>" for name in ELEMENTS]),
        st.sampled_from([f"</{name}>" for name in KEPT]),
        st.sampled_from([f"<p {one}>" for one in ATTRIBUTES]),
    ]
)
DOCUMENTS = st.lists(MARKUP, max_size=25).map("".join)
ATTACK = "<img src=x onerror=alert(1)>"


def kinds(before: str, after: str) -> list[str]:
    return [row.kind for row in compare_texts(before, after)]


def test_texts_that_are_the_same_differ_in_nothing() -> None:
    assert compare_texts("<p>a</p>", "<p>a</p>") == []
    assert compare_texts("", "") == []


def test_what_stands_around_a_change_is_shown_and_the_rest_counted() -> None:
    before = "".join(f"<p>{word}</p>" for word in "abcdefg")
    found = compare_texts(before, before.replace("<p>d</p>", "<p>d</p><p>new</p>"))
    assert [(row.kind, row.html[:1], row.skipped) for row in found] == [
        ("gap", "", 3), ("same", "d", 0), ("new", "<", 0), ("same", "e", 0), ("gap", "", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<p>a</p>", "<h2>a</h2>", "heading (was: paragraph)"),
        ("<p>a</p>", "<ul><li>a</li></ul>", "paragraph in a list (was: paragraph)"),
        (
            "<ol><li>a</li></ol>",
            "<blockquote><p>a</p></blockquote>",
            "paragraph in a quotation (was: paragraph in a numbered list)",
        ),
    ],
)
def test_what_became_another_kind_of_passage_is_told_in_words(before: str, after: str, told: str) -> None:
    (row,) = compare_texts(before, after)
    assert (row.kind, row.told) == ("changed", told)


def test_rules_and_rows_of_tables_count() -> None:
    assert kinds("<p>a</p><hr>", "<p>a</p>") == ["same", "gone"]
    before = "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    assert kinds(before, before.replace("</td><td>", "</td></tr><tr><td>")) != []


def test_two_lines_of_plain_text() -> None:
    assert "<script>" not in compare_lines("a <script>", "b <script>")
    assert "&lt;img" in compare_lines("", ATTACK)
    assert compare_lines("a", "a") == "a"


def test_there_is_an_end_to_what_is_shown() -> None:
    found = compare_texts("", "".join(f"<p>{number}</p>" for number in range(MOST + 7)))
    assert (len(found), found[-1]) == (MOST + 1, ComparisonRow("gap", skipped=7))


def test_after_the_deadline_no_finer_difference_is_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Comparing a long rewritten text stops at the deadline. The rest is shown as removed and added as a whole."""
    dice = random.Random(1)

    def text() -> str:
        return "".join(
            f"<p>{' '.join(dice.choice('abcdefgh') * dice.randint(1, 5) for _ in range(40))}</p>"
            for _ in range(50)
        )

    def too_late(*_: object, **__: object) -> None:
        pytest.fail("the library was asked after the deadline")

    before, after = text(), text()
    assert any("<ins" in str(row) and "<del" in str(row) for row in compare_texts(before, after))
    monkeypatch.setattr("intake.text.compare.engine.diff_match_patch.diff_main", too_late)
    found = compare_texts(before, after, seconds=-1)
    assert found
    assert {row.kind for row in found} <= {"gone", "new", "changed", "gap"}


@given(before=DOCUMENTS, after=DOCUMENTS)
def test_whatever_is_compared_only_our_own_marks_come_out(before: str, after: str) -> None:
    one, other = (clean_body(raw, format="html").html for raw in (before, after))
    found = compare_texts(one, other)
    assert all(is_safe(row.html) for row in found)
    assert (found == []) or one != other


@given(st.text(max_size=80), st.text(max_size=80))
def test_lines_too(before: str, after: str) -> None:
    assert is_safe(compare_lines(before, after))
