"""Starts children in order, brings back the ones that end, and stops them in reverse."""

import contextlib
import os
import selectors
import signal
import time
from collections.abc import Callable, Sequence

from intake.local.errors import CannotStart
from intake.local.supervision.backoff import Backoff
from intake.local.supervision.orphans import Leftovers
from intake.local.supervision.output import Output, Say, say
from intake.local.supervision.process import Process, Spec
from intake.local.supervision.reaper_client import Leash
from intake.local.supervision.signals import StopSignals

ASK_EVERY = 0.02


class Interrupted(Exception):
    """Somebody asked us to stop before everything was up."""


class Supervisor:
    """Runs `specs`, whose names differ. Call `start`, then `run`, and `stop` whatever happens.

    `stops` ends `run`; `keep` are descriptors that stay open until the last child has ended, even if we are killed;
    `leftovers` is told who is running; `form` is how the children's lines are told, plain or json.
    """

    def __init__(
        self,
        specs: Sequence[Spec],
        *,
        stops: StopSignals | None = None,
        tell: Say = say,
        keep: Sequence[int] = (),
        leftovers: Leftovers | None = None,
        form: str = "plain",
    ) -> None:
        self._specs = list(specs)
        self._stops = stops
        self._tell = tell
        self._form = form
        self._children: dict[Spec, Process] = {}
        self._codes: dict[Spec, int] = {}
        self._backoff: dict[Spec, Backoff] = {}
        self._guarded: set[Spec] = set()
        self._leash = Leash(*keep, leftovers=leftovers)
        self._selector = selectors.DefaultSelector()
        if stops:
            self._selector.register(stops.fileno(), selectors.EVENT_READ, stops.drain)

    @property
    def pids(self) -> dict[str, int]:
        """The running children's process numbers by name."""
        return {spec.name: child.pid for spec, child in self._children.items()}

    @property
    def reaper(self) -> int:
        """The process that stops the children should we be killed."""
        return self._leash.pid

    def start(self) -> None:
        """Start all in order, each once the one before is ready; raise CannotStart, or Interrupted."""
        for spec in self._specs:
            if spec.needed is None or spec.needed():
                self._launch(spec)
                self._settle(spec)

    def run(self) -> None:
        """Keep all running until a stop signal comes."""
        while not self._asked_to_stop():
            self.turn(self.revive())

    def stop(self) -> None:
        """Stop all, last started first, each within its grace."""
        self._guarded.clear()
        for spec in reversed(self._specs):
            if spec in self._children:
                self._stop(spec)
        self._leash.close()
        self._selector.close()

    def turn(self, timeout: float) -> None:
        """Wait for something to happen, `timeout` seconds at most, and deal with it."""
        for key, _ in self._selector.select(timeout):
            # The end of a child, dealt with in the same turn, closes its output.
            if self._selector.get_map().get(key.fd) == key:
                key.data()
        self._leash.mend()

    def revive(self) -> float:
        """Start again whoever's time has come; seconds until the next one's."""
        wait = 1.0
        for spec in self._specs:
            if spec not in self._guarded or spec in self._children:
                continue
            left = self._backoff[spec].left()
            if left <= 0:
                left = self._retry(spec)
            wait = min(wait, left)
        return max(wait, ASK_EVERY)

    def _stop(self, spec: Spec) -> None:
        self._children[spec].ask()
        self._until(lambda: spec not in self._children, spec.grace)
        self._forget(spec)

    def _launch(self, spec: Spec) -> None:
        if spec.prepare:
            spec.prepare()
        try:
            child = Process(spec)
        except OSError as error:
            raise CannotStart(f"{spec.name} cannot be started: {error.strerror}.") from None
        self._leash.hold(child, self._specs.index(spec))
        self._children[spec] = child
        self._selector.register(child.handle, selectors.EVENT_READ, lambda: self._ended(spec))
        if child.output is not None:
            self._listen(spec, child.output)

    def _listen(self, spec: Spec, descriptor: int) -> None:
        output = Output(spec.name, self._tell, self._form)

        def read() -> None:
            with contextlib.suppress(BlockingIOError):
                while data := os.read(descriptor, 65536):
                    output.feed(data)
                output.close()
                self._ignore(descriptor)

        self._selector.register(descriptor, selectors.EVENT_READ, read)

    def _settle(self, spec: Spec) -> None:
        """Wait until `spec` is ready, or has run to its end if that is what it is for; from then on it is brought back."""
        if not self._until(lambda: self._settled(spec), spec.patience):
            raise CannotStart(f"{spec.name} was not ready after {spec.patience:g} seconds: {spec.advice}.")
        if spec in self._children:
            self._guarded.add(spec)
        elif not spec.once or self._codes[spec]:
            raise CannotStart(f"{spec.name} {_how(self._codes[spec])} while starting: {spec.advice}.")

    def _settled(self, spec: Spec) -> bool:
        if self._asked_to_stop():
            raise Interrupted
        return spec not in self._children or (not spec.once and (spec.ready is None or spec.ready()))

    def _until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Turn until `condition` holds; False if it did not in time."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            self.turn(ASK_EVERY)
        return True

    def _asked_to_stop(self) -> bool:
        return self._stops is not None and self._stops.received

    def _ended(self, spec: Spec) -> None:
        age = self._children[spec].age
        code = self._forget(spec)
        if spec in self._guarded:
            delay = self._backoff.setdefault(spec, Backoff()).after(age)
            self._tell(f"{spec.name} {_how(code)}: starting it again in {delay:g} s")

    def _forget(self, spec: Spec) -> int:
        """See `spec`'s child to its end, killing it if need be; its exit code."""
        child = self._children.pop(spec, None)
        if child is None:
            return self._codes[spec]
        self._ignore(child.handle)
        last = self._selector.get_map().get(child.output) if child.output is not None else None
        code = self._codes[spec] = child.end(last.data if last else lambda: None)
        if child.output is not None:
            self._ignore(child.output)
        self._leash.release(child)
        return code

    def _ignore(self, descriptor: int) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(descriptor)

    def _retry(self, spec: Spec) -> float:
        try:
            self._launch(spec)
        except CannotStart as error:
            self._tell(str(error))
            return self._backoff[spec].after(0)
        return ASK_EVERY


def _how(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
