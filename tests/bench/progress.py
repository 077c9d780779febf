"""Progress of a benchmark, on standard error."""

import sys

from tests.bench.case import Case


class Progress:
    """One updated line on a terminal, else one line for each round."""

    def __init__(self, rounds: int) -> None:
        self._rounds = rounds
        self._live = sys.stderr.isatty()
        self._turn = -1

    def note(self, turn: int, case: Case) -> None:
        """Show that a case begins. Round 0 is the warm-up."""
        where = f"round {turn} of {self._rounds}" if turn else "warm-up"
        if self._live:
            print(f"\r\033[K{where}: {case.name}", end="", file=sys.stderr, flush=True)
        elif turn != self._turn:
            print(where, file=sys.stderr, flush=True)
        self._turn = turn

    def end(self) -> None:
        """Clear the line."""
        if self._live:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
