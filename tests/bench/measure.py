"""Cost of a case, measured in a new process: `measure.py program WORD…` or `measure.py call MODULE:FUNCTION`.

Prints one line of JSON. To measure a program, run this file in a bare interpreter (`-I -S`). It imports little, because
Linux counts the memory of the starting process as part of the program's peak: no result is below these 9 MB.
"""

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping


def program(argv: list[str]) -> dict[str, float]:
    """Run a program without input and output. Exit with a sentence if it fails."""
    quiet = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0)]
    quiet += [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    begun = time.monotonic()
    pid = os.posix_spawnp(argv[0], argv, os.environ, file_actions=quiet)
    _, status, used = os.wait4(pid, 0)
    wall = time.monotonic() - begun
    code = os.waitstatus_to_exitcode(status)
    if code:
        sys.exit(f"{argv[0]} ended with exit code {code}")
    return {"wall_s": wall, "cpu_s": used.ru_utime + used.ru_stime, "peak_mb": used.ru_maxrss / 1024}


def call(reference: str, context: "Mapping[str, str]") -> dict[str, float]:
    """Call a function. Measures that it returns replace those measured around it."""
    from contextlib import redirect_stdout
    from importlib import import_module

    from tests.bench.stopwatch import cpu_s

    module, _, name = reference.partition(":")
    function = getattr(import_module(module), name)
    begun, spent = time.monotonic(), cpu_s()
    with redirect_stdout(sys.stderr):
        told = function(context)
    measured = {"wall_s": time.monotonic() - begun, "cpu_s": cpu_s() - spent, "peak_mb": _peak()}
    return measured | (told or {})


def _peak() -> float:
    """Peak memory in MiB of this process or its largest child."""
    from resource import RUSAGE_CHILDREN, getrusage

    from tests.sandbox import family

    family.end()
    with open("/proc/self/status") as status:
        own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
    return max(own, getrusage(RUSAGE_CHILDREN).ru_maxrss) / 1024


def main(kind: str, *words: str) -> None:
    """Measure and print the result."""
    measures = program(list(words)) if kind == "program" else None
    import json

    print(json.dumps(measures or call(words[0], json.load(sys.stdin))))


if __name__ == "__main__":
    main(*sys.argv[1:])
