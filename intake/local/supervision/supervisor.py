"""Supervisor: starts child processes in order, restarts a child that ends, and stops all in reverse order."""

import contextlib
import os
import selectors
import signal
import time
from collections.abc import Callable, Sequence

from intake.local.errors import CannotStart
from intake.local.supervision.backoff import Backoff
from intake.local.supervision.orphans import OrphanList
from intake.local.supervision.output import Output, Say, say
from intake.local.supervision.process import ChildProcess, ProcessSpec
from intake.local.supervision.reaper_client import ReaperClient
from intake.local.supervision.signals import StopSignals

POLL_SECONDS = 0.02


class Interrupted(Exception):
    """A stop signal arrived before all children were started."""


class Supervisor:
    """Runs the programs `specs`, which have different names. Call `start`, then `run`, and always `stop`.

    A signal in `stops` ends `run`. `tell` prints a line. `keep` are file descriptors that stay open until the
    last child has ended, even if the supervisor is killed. `orphans` is the file in which the running
    children are listed. `form` is the format of the children's output, plain or json.
    """

    def __init__(
        self,
        specs: Sequence[ProcessSpec],
        *,
        stops: StopSignals | None = None,
        tell: Say = say,
        keep: Sequence[int] = (),
        orphans: OrphanList | None = None,
        form: str = "plain",
    ) -> None:
        self._specs = list(specs)
        self._stops = stops
        self._tell = tell
        self._form = form
        self._children: dict[ProcessSpec, ChildProcess] = {}
        self._codes: dict[ProcessSpec, int] = {}
        self._backoff: dict[ProcessSpec, Backoff] = {}
        self._restarted: set[ProcessSpec] = set()
        self._reaper_client = ReaperClient(*keep, orphans=orphans)
        self._selector = selectors.DefaultSelector()
        if stops:
            self._selector.register(stops.fileno(), selectors.EVENT_READ, stops.drain)

    @property
    def pids(self) -> dict[str, int]:
        """Process ids of the running children by name."""
        return {spec.name: child.pid for spec, child in self._children.items()}

    @property
    def reaper(self) -> int:
        """Process id of the reaper, which stops the children if the supervisor is killed."""
        return self._reaper_client.pid

    def start(self) -> None:
        """Start all programs in order. Each waits until the program before it is ready.

        Raises CannotStart or Interrupted.
        """
        for spec in self._specs:
            if spec.needed is None or spec.needed():
                self._launch(spec)
                self._wait_until_ready(spec)

    def run(self) -> None:
        """Keep all children running until a stop signal arrives."""
        while not self._asked_to_stop():
            self.handle_events(self.restart_due())

    def stop(self) -> None:
        """Stop all children, last started first, each within its grace time."""
        self._restarted.clear()
        for spec in reversed(self._specs):
            if spec in self._children:
                self._stop(spec)
        self._reaper_client.close()
        self._selector.close()

    def handle_events(self, timeout: float) -> None:
        """Wait up to `timeout` seconds for output or the end of a child or for a signal, and handle it."""
        for key, _ in self._selector.select(timeout):
            # Skip the output of a child whose end was handled earlier in this loop, because it is closed by
            # now.
            if self._selector.get_map().get(key.fd) == key:
                key.data()
        self._reaper_client.mend()

    def restart_due(self) -> float:
        """Restart ended children whose delay is over. Returns the seconds until the next restart is due."""
        wait = 1.0
        for spec in self._specs:
            if spec not in self._restarted or spec in self._children:
                continue
            left = self._backoff[spec].left()
            if left <= 0:
                left = self._retry(spec)
            wait = min(wait, left)
        return max(wait, POLL_SECONDS)

    def _stop(self, spec: ProcessSpec) -> None:
        self._children[spec].ask_to_stop()
        self._wait_until(lambda: spec not in self._children, spec.grace)
        self._reap(spec)

    def _launch(self, spec: ProcessSpec) -> None:
        if spec.prepare:
            spec.prepare()
        try:
            child = ChildProcess(spec)
        except OSError as error:
            raise CannotStart(f"{spec.name} cannot be started: {error.strerror}.") from None
        self._reaper_client.hold(child, self._specs.index(spec))
        self._children[spec] = child
        self._selector.register(child.handle, selectors.EVENT_READ, lambda: self._ended(spec))
        if child.output is not None:
            self._listen(spec, child.output)

    def _listen(self, spec: ProcessSpec, descriptor: int) -> None:
        output = Output(spec.name, self._tell, self._form)

        def read() -> None:
            with contextlib.suppress(BlockingIOError):
                while data := os.read(descriptor, 65536):
                    output.feed(data)
                output.close()
                self._ignore(descriptor)

        self._selector.register(descriptor, selectors.EVENT_READ, read)

    def _wait_until_ready(self, spec: ProcessSpec) -> None:
        """Wait until a program is ready, or complete if it runs once. Raises CannotStart or Interrupted.

        A program that keeps running is restarted whenever it ends from now on.
        """
        if not self._wait_until(lambda: self._is_settled(spec), spec.grace_seconds):
            raise CannotStart(
                f"{spec.name} was not ready after {spec.grace_seconds:g} seconds: {spec.advice}."
            )
        if spec in self._children:
            self._restarted.add(spec)
        elif not spec.once or self._codes[spec]:
            raise CannotStart(f"{spec.name} {_exit_reason(self._codes[spec])} while starting: {spec.advice}.")

    def _is_settled(self, spec: ProcessSpec) -> bool:
        if self._asked_to_stop():
            raise Interrupted
        return spec not in self._children or (not spec.once and (spec.ready is None or spec.ready()))

    def _wait_until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Handle events until `condition` returns True. Returns False if it has not after `seconds`."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                return False
            self.handle_events(POLL_SECONDS)
        return True

    def _asked_to_stop(self) -> bool:
        return self._stops is not None and self._stops.received

    def _ended(self, spec: ProcessSpec) -> None:
        age = self._children[spec].age
        code = self._reap(spec)
        if spec in self._restarted:
            delay = self._backoff.setdefault(spec, Backoff()).after(age)
            self._tell(f"{spec.name} {_exit_reason(code)}: restarting it in {delay:g} s")

    def _reap(self, spec: ProcessSpec) -> int:
        """Reap the child of `spec`, killing it if necessary. Returns the exit code."""
        child = self._children.pop(spec, None)
        if child is None:
            return self._codes[spec]
        self._ignore(child.handle)
        last = self._selector.get_map().get(child.output) if child.output is not None else None
        code = self._codes[spec] = child.end(last.data if last else lambda: None)
        if child.output is not None:
            self._ignore(child.output)
        self._reaper_client.release(child)
        return code

    def _ignore(self, descriptor: int) -> None:
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(descriptor)

    def _retry(self, spec: ProcessSpec) -> float:
        try:
            self._launch(spec)
        except CannotStart as error:
            self._tell(str(error))
            return self._backoff[spec].after(0)
        return POLL_SECONDS


def _exit_reason(code: int) -> str:
    return f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with exit code {code}"
