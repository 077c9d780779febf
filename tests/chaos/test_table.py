"""Report of a run."""

from collections import Counter

from tests.chaos.fire.battle import Orders, Outcome
from tests.chaos.fire.faults import FILL, LASTING, SUDDEN
from tests.chaos.fire.finding import lost
from tests.chaos.fire.table import table
from tests.chaos.fire.tally import Tally


def test_a_table_says_what_was_done_what_was_not_possible_and_what_is_wrong() -> None:
    kinds = [kind for kind in (*SUDDEN, *LASTING) if kind != FILL]
    tally = Tally([lost("Number 7 has lost its words")], Counter({"photos clean": 3}))
    outcome = Outcome(
        Orders(60, 9, 1), kinds, Counter({"broker flushed": 2}), Counter(receipt=9), tally, kinds
    )
    lines = table(outcome).splitlines()
    assert "| broker flushed | 2 |" in lines
    assert "| SIGKILL relay | 0 |" in lines
    assert f"| {FILL} | not possible here |" in lines
    assert "| receipts | 9 |" in lines
    assert "| photos clean | 3 |" in lines
    assert lines[-1] == "- lost: Number 7 has lost its words"
    assert tally.verdict == "lost 1 doubled 0 stuck 0"
