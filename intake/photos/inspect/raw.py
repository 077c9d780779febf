"""Find metadata in raw files of cameras that do not look like TIFF."""

from collections.abc import Iterator

from intake.photos.inspect.tiff import tiff
from intake.photos.inspect.trace import Trace


def raw(data: bytes) -> Iterator[Trace]:
    """Traces of the fields of ORF and RW2, which differ from TIFF in their first bytes only, and of the sensor's data."""
    yield from tiff(data)
    yield Trace("private_data", "sensor data")
