"""Schedule of faults in two lanes, so that at most two faults are active at once.

One lane has the sudden faults, the other the lasting ones.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

LONGEST_S = 30.0
LASTING_EVERY_S, SUDDEN_EVERY_S = 40, 6
"""Interval of lasting faults in a long run. Short runs use shorter ones, so that every kind occurs."""


@dataclass(frozen=True)
class Strike:
    """Fault `at` so many seconds after the start. A lasting one takes `seconds`."""

    at: float
    kind: str
    seconds: float = 0.0


def lasting(chance: random.Random, kinds: Sequence[str], seconds: float) -> list[Strike]:
    """Lasting faults, each in its own slot. Every kind occurs at least once."""
    turns = _turns(chance, kinds, int(seconds // LASTING_EVERY_S))
    slot = seconds / len(turns)
    strikes = []
    for number, kind in enumerate(turns):
        begins = chance.uniform(0, 0.25) * slot
        strikes.append(
            Strike(number * slot + begins, kind, min(LONGEST_S, chance.uniform(0.25, 0.75) * slot))
        )
    return strikes


def sudden(chance: random.Random, kinds: Sequence[str], seconds: float) -> list[Strike]:
    """Sudden faults, each at a random time in its own slot. Every kind occurs at least once."""
    turns = _turns(chance, kinds, int(seconds // SUDDEN_EVERY_S))
    slot = seconds / len(turns)
    return [Strike((number + chance.random()) * slot, kind) for number, kind in enumerate(turns)]


def _turns(chance: random.Random, kinds: Sequence[str], count: int) -> list[str]:
    turns = [*kinds, *(chance.choice(kinds) for _ in range(count - len(kinds)))]
    chance.shuffle(turns)
    return turns
