"""Ways to corrupt a file, each reproducible from its random generator."""

from collections.abc import Callable
from random import Random

Mutator = Callable[[Random, bytes, bytes], bytes]
"""Function that gets a random generator, a file, and another file to mix in, and returns a corrupted file."""

_LENGTHS = (0, 1, 2, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)
_HEAD = 512
"""Length of the part in which most formats keep their structure, in bytes. Half of all flips are made there."""
_NAMES = (
    b"\xff",
    b"IHDR",
    b"IDAT",
    b"tEXt",
    b"VP8",
    b"ANMF",
    b"!",
    b",",
    b"meta",
    b"iloc",
    b"Exif",
    b"II*",
    b"MM",
    b"MPF",
    b"iinf",
    b"ispe",
)


def flip(chance: Random, data: bytes, _other: bytes) -> bytes:
    """Flip a few random bits."""
    spoilt = bytearray(data)
    for _ in range(chance.randint(1, 16)):
        end = min(len(spoilt), _HEAD) if chance.random() < 0.5 else len(spoilt)
        spoilt[chance.randrange(end)] ^= 1 << chance.randrange(8)
    return bytes(spoilt)


def truncate(chance: Random, data: bytes, _other: bytes) -> bytes:
    """Cut the file off at a random position."""
    return data[: chance.randint(1, len(data))]


def splice(chance: Random, data: bytes, other: bytes) -> bytes:
    """Join the start of one file and the end of another."""
    return data[: chance.randint(1, len(data))] + other[chance.randrange(len(other)) :]


def lengthen(chance: Random, data: bytes, _other: bytes) -> bytes:
    """Overwrite a number, such as a length, close to one of `_NAMES` or at a random position."""
    width, order = chance.choice((1, 2, 4)), chance.choice(("big", "little"))
    number = chance.choice(_LENGTHS) % (1 << 8 * width)
    at = _near_a_name(chance, data)
    return data[:at] + number.to_bytes(width, "big" if order == "big" else "little") + data[at + width :]


def duplicate(chance: Random, data: bytes, _other: bytes) -> bytes:
    """Repeat a part of the file, which begins close to one of `_NAMES`, twice or many times."""
    start = _near_a_name(chance, data)
    part = data[start : start + chance.choice((8, 12, 64, 512, 4096))]
    return data[:start] + part * chance.choice((2, 2, 3, 40)) + data[start + len(part) :]


def _near_a_name(chance: Random, data: bytes) -> int:
    at = data.find(chance.choice(_NAMES), chance.randrange(len(data)))
    return min(max(0, at + chance.randint(-4, 8)), len(data) - 1) if at >= 0 else chance.randrange(len(data))


MUTATORS: tuple[Mutator, ...] = (flip, truncate, splice, lengthen, duplicate)


def mutate(chance: Random, files: list[bytes]) -> bytes:
    """Return one of the files, changed by one to four random mutators."""
    data = chance.choice(files)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(MUTATORS)(chance, data, chance.choice(files))
    return data
