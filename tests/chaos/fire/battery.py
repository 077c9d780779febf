"""Runs the plan of faults: one thread for the sudden faults, and one for the lasting faults."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from tests.chaos.fire import plan
from tests.chaos.fire.faults import FILL, LASTING, SUDDEN, Battlefield, Fault
from tests.chaos.fire.plan import Strike

Say = Callable[[str], None]


class Battery:
    """Injects faults for a number of seconds. `hits` counts them by kind."""

    def __init__(self, field: Battlefield, seed: int, seconds: float, say: Say) -> None:
        self._field, self._say = field, say
        self._begun = time.monotonic()
        self._lock = threading.Lock()
        self.kinds = [kind for kind in (*SUDDEN, *LASTING) if kind != FILL or field.disk.own]
        self.hits: Counter[str] = Counter()
        chance = random.Random(f"faults {seed}")
        lanes = [
            (SUDDEN, plan.sudden(chance, list(SUDDEN), seconds)),
            (LASTING, plan.lasting(chance, [kind for kind in LASTING if kind in self.kinds], seconds)),
        ]
        self._pool = ThreadPoolExecutor(len(lanes), thread_name_prefix="lane")
        self._lanes: list[Future[None]] = [self._pool.submit(self._work, *lane) for lane in lanes]

    @property
    def firing(self) -> bool:
        """Return whether a thread still has faults to inject. Raises the error with which injecting a fault failed."""
        for lane in [one for one in self._lanes if one.done()]:
            lane.result()
        return not all(lane.done() for lane in self._lanes)

    @property
    def spared(self) -> list[str]:
        """Kinds of faults that were possible and never used."""
        return [kind for kind in self.kinds if not self.hits[kind]]

    def close(self) -> None:
        """Wait for the threads. Call it after `Battlefield.over` is set, which stops them."""
        self._pool.shutdown(cancel_futures=True)

    def _work(self, faults: Mapping[str, Fault], strikes: Sequence[Strike]) -> None:
        for strike in strikes:
            if self._field.over.wait(max(0, self._begun + strike.at - time.monotonic())):
                return
            length = f" for {strike.seconds:.1f} s" if strike.seconds else ""
            self._say(f"{time.monotonic() - self._begun:5.0f} s  {strike.kind}{length}")
            faults[strike.kind](self._field, strike.seconds)
            with self._lock:
                self.hits[strike.kind] += 1
