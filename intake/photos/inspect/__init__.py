"""What a file carries beside its picture, by kind and count. Written for files that lie: every walk is bounded.

Values are read for `transom photo inspect --values` alone. What is counted, stored and shown is kinds.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from intake.photos.inspect.boxes import boxes
from intake.photos.inspect.gif import gif
from intake.photos.inspect.jpeg import jpeg
from intake.photos.inspect.png import png
from intake.photos.inspect.tiff import tiff
from intake.photos.inspect.trace import Trace
from intake.photos.inspect.webp import webp

__all__ = ["Trace", "count", "inspect", "tally"]

MAX_TRACES = 20_000
_READERS: dict[str, Callable[[bytes], Iterator[Trace]]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "gif": gif,
    "tiff": tiff,
    "heif": boxes,
    "avif": boxes,
}


def inspect(data: bytes, format_in: str) -> Iterator[Trace]:
    """What is found, in the order of the file, up to where the file breaks off or 20,000 traces."""
    try:
        yield from islice(_READERS[format_in](data), MAX_TRACES)
    except (IndexError, ValueError, OverflowError, RecursionError):
        # Cut short or lying: what came before is still true, and the rest is not the picture's either.
        return


def count(data: bytes, format_in: str) -> Counter[str]:
    """How much of each kind (a key of `words.KINDS`) the file carries."""
    return tally(inspect(data, format_in))


def tally(traces: Iterable[Trace]) -> Counter[str]:
    """Traces by kind."""
    found: Counter[str] = Counter()
    for trace in traces:
        found[trace.kind] += trace.amount
    return found
