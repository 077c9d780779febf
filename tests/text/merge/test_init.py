"""Properties of the merge: nothing that either side wrote is lost, and changes of different blocks do not conflict."""

from collections import Counter
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text import clean_body
from intake.text.merge import BOTH, PICKS, Merge, merge
from intake.text.merge.blocks import split

BASE = [
    "<p>The river rose.</p>",
    "<h2>Then</h2>",
    "<ul><li>One boat</li><li>Two boats</li></ul>",
    "<p>They came back.</p>",
]

WORDS = st.sampled_from(["river", "boat", "snow", "night", "wolf", "child", "bread", "road", "salt"])
SENTENCES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
LOOKS = st.sampled_from(
    [
        "<p>{}</p>",
        "<h2>{}</h2>",
        "<ul><li>{}</li></ul>",
        "<blockquote><p>{}</p></blockquote>",
        "<pre>{}</pre>",
    ]
)
BLOCKS = st.builds(str.format, LOOKS, SENTENCES)
TEXTS = st.lists(BLOCKS, max_size=8).map("".join)


def unique(blocks: list[str]) -> list[str]:
    """Make all blocks different by adding a number to each."""
    numbers = count(1)
    return [one.replace("</", f" {next(numbers)}</", 1) for one in blocks]


@st.composite
def edits(draw: st.DrawFn, base: list[str], places: set[int], who: str) -> tuple[str, list[str]]:
    """Draw one person's edit of the blocks at `places`. Returns the text and the blocks that this person wrote."""
    blocks: list[str] = []
    wrote: list[str] = []
    for place, one in enumerate(base):
        what = draw(st.sampled_from(["add", "rewrite", "remove", "split"])) if place in places else "keep"
        made = {
            "keep": [one],
            "remove": [],
            "add": [one.replace("</", f" {who}{place}</", 1)],
            "rewrite": [f"<p>{who} wrote {place} anew</p>"],
            "split": [one.replace("</", f" {who}{place}</", 1), f"<p>{who} added {place}</p>"],
        }[what]
        blocks += made
        wrote += made if what != "keep" else []
    return "".join(blocks), wrote


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[str, tuple[str, list[str]], tuple[str, list[str]]]:
    base = unique(draw(st.lists(BLOCKS, min_size=1, max_size=8)))
    owners = [draw(st.sampled_from(["mine", "theirs", "nobody"])) for _ in base]
    sides = [
        draw(edits(base, {place for place, one in enumerate(owners) if one == who}, who))
        for who in ("mine", "theirs")
    ]
    return "".join(base), sides[0], sides[1]


@given(disjoint())
def test_changes_of_different_blocks_are_both_in_the_text(
    texts: tuple[str, tuple[str, list[str]], tuple[str, list[str]]],
) -> None:
    base, (mine, my_words), (theirs, their_words) = texts
    found = merge(base, mine, theirs)
    assert found.conflicts == []
    blocks = Counter(split(found.text()))
    assert all(blocks[one] == 1 for one in my_words + their_words)
    kept = [one for one in split(base) if one in split(mine) and one in split(theirs)]
    assert sum(blocks.values()) == len(kept) + len(my_words) + len(their_words)


@given(TEXTS, TEXTS)
def test_an_equal_change_is_made_once(base: str, changed: str) -> None:
    found = merge(base, changed, changed)
    assert (found.conflicts, found.text()) == ([], changed)


@given(TEXTS, TEXTS)
def test_a_change_of_one_side_alone_is_taken(base: str, changed: str) -> None:
    assert merge(base, changed, base) == merge(base, base, changed) == Merge(split(changed))  # type: ignore[arg-type]


@given(TEXTS, TEXTS, TEXTS)
def test_no_block_of_either_side_is_lost(base: str, mine: str, theirs: str) -> None:
    found = merge(base, mine, theirs)
    there = {one for one in found.items if isinstance(one, str)}
    there |= {version for one in found.conflicts for version in (one.mine, one.theirs)}
    before = set(split(base))
    assert set(split(mine)) - before <= there
    assert set(split(theirs)) - before <= there
    # Nothing else appears: every block comes from the base or from one of the sides.
    assert there <= before | set(split(mine)) | set(split(theirs)) | {""}


@given(TEXTS, TEXTS, TEXTS)
def test_a_conflict_without_a_choice_leaves_both_versions(base: str, mine: str, theirs: str) -> None:
    found = merge(base, mine, theirs)
    blocks = split(found.text())
    for one in found.conflicts:
        assert all(version in blocks for version in (one.mine, one.theirs) if version)


@given(TEXTS, TEXTS, TEXTS)
def test_the_other_side_sees_the_same_conflicts(base: str, mine: str, theirs: str) -> None:
    found, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert [(one.mine, one.theirs) for one in found.conflicts] == [
        (one.theirs, one.mine) for one in other.conflicts
    ]


def replaced(place: int, block: str) -> str:
    return "".join([*BASE[:place], block, *BASE[place + 1 :]])


@pytest.mark.parametrize("pick", PICKS)
def test_a_block_that_both_changed_is_a_conflict(pick: str) -> None:
    mine, theirs = "<p>The river rose at night.</p>", "<p>The river fell.</p>"
    found = merge("".join(BASE), replaced(0, mine), replaced(0, theirs))
    (conflict,) = found.conflicts
    assert (conflict.base, conflict.mine, conflict.theirs) == (BASE[0], mine, theirs)
    left = {"mine": mine, "theirs": theirs, BOTH: theirs + mine}[pick]
    assert found.text({conflict.key: pick}) == replaced(0, left)  # type: ignore[dict-item]


def test_a_list_is_one_block() -> None:
    mine, theirs = (BASE[2].replace(f"{number} boat", f"{number} long boat") for number in ("One", "Two"))
    assert len(merge("".join(BASE), replaced(2, mine), replaced(2, theirs)).conflicts) == 1


def test_a_removed_block_that_the_other_changed_is_a_conflict() -> None:
    found = merge("".join(BASE), replaced(0, ""), replaced(0, "<p>The river fell.</p>"))
    assert [(one.mine, one.theirs) for one in found.conflicts] == [("", "<p>The river fell.</p>")]


def test_a_changed_look_is_a_change() -> None:
    found = merge(
        "".join(BASE), replaced(3, "<p>They <strong>came</strong> back.</p>"), replaced(0, "<p>It rose.</p>")
    )
    assert found.text() == "".join(["<p>It rose.</p>", *BASE[1:3], "<p>They <strong>came</strong> back.</p>"])


def footnoted(*paragraphs: tuple[str, str]) -> str:
    """Return the cleaned HTML of paragraphs, given as (words, footnote). An empty footnote is left out."""
    marks, notes, numbers = "", "", count(1)
    for words, note in paragraphs:
        number = next(numbers) if note else 0
        mark = f'<a href="#note-{number}" id="ref-{number}"><sup>{number}</sup></a>' if note else ""
        marks += f"<p>{words}{mark}</p>"
        notes += f'<li id="note-{number}">{note} <a href="#ref-{number}">↩</a></li>' if note else ""
    return clean_body(f"{marks}<ol>{notes}</ol>", format="html").html


A, B, C = ("The river rose.", "A witness."), ("The road was closed.", "The police."), ("They came back.", "")


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        # A new first note renumbers the others, which does not count as a change of their paragraphs.
        ([("New words.", "Mine."), A, B, C], [A, B, (C[0], "Theirs.")], [("New words.", "Mine."), A, B, (C[0], "Theirs.")]),
        ([(A[0], "A witness, by phone."), B, C], [A, (B[0], "The road police."), C], [(A[0], "A witness, by phone."), (B[0], "The road police."), C]),
        ([(A[0], "A witness, by phone."), B, C], [("The river rose fast.", A[1]), B, C], [("The river rose fast.", "A witness, by phone."), B, C]),
        ([B, C], [A, B, ("They came back late.", "")], [B, ("They came back late.", "")]),
        # Both sides add a note with equal words at different places. Both notes are kept.
        ([A, B, C, ("Mine.", "Ibid.")], [("Theirs.", "Ibid."), A, B, C], [("Theirs.", "Ibid."), A, B, C, ("Mine.", "Ibid.")]),
        ([A, B, (C[0], "Both.")], [A, B, (C[0], "Both.")], [A, B, (C[0], "Both.")]),
    ],
)  # fmt: skip
def test_footnotes_survive(
    mine: list[tuple[str, str]], theirs: list[tuple[str, str]], merged: list[tuple[str, str]]
) -> None:
    found = merge(footnoted(A, B, C), footnoted(*mine), footnoted(*theirs))
    assert found.conflicts == []
    assert found.text() == footnoted(*merged)
    assert clean_body(found.text(), format="html").html == found.text()


def test_a_footnote_that_both_changed_is_a_conflict() -> None:
    mine, theirs = (
        footnoted((A[0], "A witness, by phone."), B),
        footnoted((A[0], "A witness and her son."), B),
    )
    found = merge(footnoted(A, B), mine, theirs)
    (conflict,) = found.conflicts
    assert conflict.is_note
    assert found.text({conflict.key: "mine"}) == mine
    assert found.text({conflict.key: "theirs"}) == theirs
    both = clean_body(found.text(), format="html").html
    assert "A witness and her son." in both
    assert "A witness, by phone." in both


def test_a_footnote_whose_paragraph_was_removed_is_not_dropped_if_the_other_changed_it() -> None:
    found = merge(footnoted(A, B), footnoted(B), footnoted((A[0], "A witness, by phone."), B))
    (conflict,) = found.conflicts
    assert "A witness, by phone." in clean_body(found.text({conflict.key: "theirs"}), format="html").html


def test_a_mark_whose_note_was_removed_stays_a_sign() -> None:
    mark = '<p>x<a href="#note-1" id="ref-1"><sup>1</sup></a></p>'
    assert clean_body(merge(mark, mark, mark).text(), format="html").html.startswith("<p>x<sup>")
