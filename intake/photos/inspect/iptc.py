"""IPTC-IIM 4.2, record 2: metadata that press agencies write."""

from collections.abc import Iterator

from intake.photos.inspect.trace import Trace

_KINDS = {
    **dict.fromkeys((5, 15, 20, 25, 40, 105, 120, 121), "caption"),
    **dict.fromkeys((30, 35, 37, 38, 47, 55, 60, 62, 63), "date"),
    **dict.fromkeys((80, 85, 110, 115, 116, 118, 122), "name"),
    **dict.fromkeys((26, 27, 90, 92, 95, 100, 101), "position"),
    **dict.fromkeys((65, 70), "editing"),
}
"""Number of a dataset in record 2 → kind of metadata."""
_MARK, _HEAD = 0x1C, 5
_VERSION = 0


def iptc(data: bytes) -> Iterator[Trace]:
    """One trace for each IPTC dataset, except the version number."""
    at = 0
    while at + _HEAD <= len(data) and data[at] == _MARK:
        record, dataset = data[at + 1], data[at + 2]
        length = int.from_bytes(data[at + 3 : at + 5], "big")
        if dataset != _VERSION:
            kind = _KINDS.get(dataset, "other") if record == 2 else "other"
            yield Trace(kind, f"IPTC {record}:{dataset}", data[at + _HEAD : at + _HEAD + length])
        at += _HEAD + length
