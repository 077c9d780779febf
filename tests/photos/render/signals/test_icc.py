import struct

import pytest

from intake.photos.render.colour_spaces import from_codes
from intake.photos.render.signals import icc
from tests.photos.render import managed


def with_cicp(primaries: int, transfer: int) -> bytes:
    head = managed.P3[:128]
    return (
        head
        + struct.pack(">I4sII", 1, b"cicp", 144, 12)
        + b"cicp"
        + bytes(4)
        + bytes((primaries, transfer, 0, 1))
    )


@pytest.mark.parametrize("transfer", [16, 18])
def test_hdr_is_told(transfer: int) -> None:
    assert icc.read(with_cicp(12, transfer)) == from_codes(12, transfer)


@pytest.mark.parametrize(
    "profile",
    [b"", b"junk", managed.P3, with_cicp(12, 13), with_cicp(9, 16)[:-1], b"\xff" * 400],
    ids=["empty", "junk", "p3", "sdr", "cut", "ones"],
)
def test_other_profiles_are_left_to_the_engine(profile: bytes) -> None:
    assert icc.read(profile) is None
