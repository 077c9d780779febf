"""The whole table of the lifecycle: each verb from each status, copied from the design and not from the code."""

import pytest

from intake.lifecycle import (
    DECIDED,
    GONE,
    LANES,
    MOVES,
    SCREENED,
    STATUSES,
    UNSENT,
    IllegalMove,
    can_move,
    target_status,
)

LEGAL = {
    ("draft", "send"): "received",
    ("received", "screen"): "in_review",
    ("received", "withdraw"): "withdrawn",
    ("in_review", "accept"): "accepted",
    ("in_review", "reject"): "rejected",
    ("in_review", "request_changes"): "changes_requested",
    ("in_review", "hold"): "held",
    ("in_review", "spam"): "spam",
    ("in_review", "withdraw"): "withdrawn",
    ("held", "accept"): "accepted",
    ("held", "reject"): "rejected",
    ("held", "request_changes"): "changes_requested",
    ("held", "spam"): "spam",
    ("held", "reopen"): "in_review",
    ("held", "withdraw"): "withdrawn",
    ("changes_requested", "reopen"): "in_review",
    ("accepted", "reopen"): "in_review",
    ("rejected", "reopen"): "in_review",
    ("spam", "reopen"): "in_review",
    ("spam", "withdraw"): "withdrawn",
    ("spam", "purge"): "purged",
    ("changes_requested", "answer"): "received",
    ("changes_requested", "withdraw"): "withdrawn",
    ("accepted", "publish"): "published",
    ("accepted", "withdraw"): "withdrawn",
    ("rejected", "withdraw"): "withdrawn",
    ("rejected", "purge"): "purged",
    ("published", "purge"): "purged",
    ("retracted", "publish"): "published",
    ("published", "unpublish"): "accepted",
    ("published", "retract"): "retracted",
    ("retracted", "withdraw"): "withdrawn",
    ("retracted", "purge"): "purged",
    ("withdrawn", "purge"): "purged",
}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("verb", MOVES)
def test_each_move_from_each_status(verb: str, status: str) -> None:
    if (status, verb) in LEGAL:
        assert can_move(verb, status)
        assert target_status(verb, status) == LEGAL[status, verb]
    else:
        assert not can_move(verb, status)
        with pytest.raises(
            IllegalMove, match=f"cannot {verb.replace('_', ' ')} .* is {status.replace('_', ' ')}"
        ):
            target_status(verb, status)


def test_the_table_names_no_other_status_and_no_other_verb() -> None:
    named = {move.target for move in MOVES.values()}.union(*(move.sources for move in MOVES.values()))
    assert named == set(STATUSES)
    assert {verb for _, verb in LEGAL} == set(MOVES)
    assert set(LEGAL.values()) <= set(STATUSES)


def test_everything_can_come_to_an_end() -> None:
    """From every status some way leads to `purged`, and none leads away from it."""
    ends = {"purged"}
    while grown := {m for move in MOVES.values() if move.target in ends for m in move.sources} - ends:
        ends |= grown
    assert ends == set(STATUSES)
    assert not any(can_move(verb, "purged") for verb in MOVES)


def test_the_groups_of_statuses_follow_from_the_moves() -> None:
    after_a_decision = {MOVES[verb].target for verb in ("accept", "reject", "spam", "publish", "retract")}
    assert after_a_decision == DECIDED
    assert set(STATUSES) - {UNSENT, "received"} - GONE == SCREENED
    lanes = [status for lane, statuses in LANES.items() if lane != "suspicious" for status in statuses]
    assert sorted(lanes) == sorted(set(STATUSES) - {UNSENT, "purged"})
    assert set(LANES["suspicious"]) <= set(LANES["ours"])
    after_an_end = {MOVES[verb].target for verb in ("withdraw", "purge")}
    assert after_an_end == GONE


def test_what_is_published_cannot_be_withdrawn() -> None:
    assert set(STATUSES) - MOVES["withdraw"].sources == {UNSENT, "published"} | GONE
