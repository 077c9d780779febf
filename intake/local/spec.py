"""What the supervisor is told about a child."""

import signal
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, eq=False)
class Spec:
    """One program to keep running, or with `once` to run to its end before the next is started.

    `prepare` runs before every start and may raise CannotStart; `ready` is asked again and again until it says yes, for
    `patience` seconds at most. `stop_signal` asks the program to end; after `grace` seconds its whole group is killed.
    A spec that is not `needed`, asked when its turn comes, is passed over.
    Its output is printed, or goes to the file `log`. `advice` ends the sentence that reports a failed start.
    """

    name: str
    argv: list[str]
    prepare: Callable[[], object] | None = None
    ready: Callable[[], bool] | None = None
    patience: float = 60
    stop_signal: int = signal.SIGTERM
    grace: float = 1.0
    log: Path | None = None
    once: bool = False
    needed: Callable[[], bool] | None = None
    advice: str = "its lines above say why"
