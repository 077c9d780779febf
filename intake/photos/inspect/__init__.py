"""Inspection of a file's metadata, by kind and count. Safe for malformed files: every loop is bounded.

Only `transom photo inspect --values` reads values. Elsewhere only kinds are counted, stored and shown.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from intake.photos.inspect.boxes import boxes
from intake.photos.inspect.gif import gif
from intake.photos.inspect.jpeg import jpeg
from intake.photos.inspect.png import png
from intake.photos.inspect.raw import raw
from intake.photos.inspect.tiff import tiff
from intake.photos.inspect.trace import Trace
from intake.photos.inspect.webp import webp
from intake.photos.limits import MAX_TRACES

__all__ = ["Trace", "count", "inspect", "tally"]

_READERS: dict[str, Callable[[bytes], Iterator[Trace]]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "gif": gif,
    "tiff": tiff,
    "raw": raw,
    "heif": boxes,
    "avif": boxes,
}


def inspect(data: bytes, format_in: str) -> Iterator[Trace]:
    """Yield traces (items of metadata) in file order, until the file ends or is malformed, or MAX_TRACES is reached."""
    try:
        yield from islice(_READERS[format_in](data), MAX_TRACES)
    except (IndexError, ValueError, OverflowError, RecursionError):
        # The file is cut short or malformed. Keep the metadata found so far, and do not search the rest.
        return


def count(data: bytes, format_in: str) -> Counter[str]:
    """Count the metadata of a file by kind (keys of `metadata_report.KINDS`)."""
    return tally(inspect(data, format_in))


def tally(traces: Iterable[Trace]) -> Counter[str]:
    """Count traces by kind."""
    found: Counter[str] = Counter()
    for trace in traces:
        found[trace.kind] += trace.amount
    return found
