"""Finding: one thing that is wrong after a run."""

from dataclasses import dataclass
from functools import partial
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """`what` describes it with numbers, kinds and codes."""

    kind: Literal["lost", "doubled", "stuck"]
    what: str


lost = partial(Finding, "lost")
doubled = partial(Finding, "doubled")
stuck = partial(Finding, "stuck")
