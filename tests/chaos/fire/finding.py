"""One thing that is wrong."""

from dataclasses import dataclass
from functools import partial
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """`what` names numbers, kinds and codes."""

    kind: Literal["lost", "doubled", "stuck"]
    what: str


lost = partial(Finding, "lost")
doubled = partial(Finding, "doubled")
stuck = partial(Finding, "stuck")
