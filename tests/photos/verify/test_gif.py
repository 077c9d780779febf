import pytest

from intake.photos.verify import verify
from tests.photos import made

PLAIN = made.animated("GIF")


def with_block(block: bytes) -> bytes:
    return PLAIN[:-1] + block + PLAIN[-1:]


@pytest.mark.parametrize(
    "block",
    [
        b"\x21\xfe\x06secret\0",
        b"\x21\x01\x0c" + bytes(12) + b"\x06secret\0",
        b"\x21\xff\x0bXMP DataXMP\x06secret\0",
        b"\x21\xff\x0bICCRGBG1012\x06secret\0",
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\x06secret\0",
        b"\x21\xff\x0bNETSCAPE2.0\x09\x01secrets!\0",
        b"\x21\xf9\x04\0\0\0\0\x06secret\0",
    ],
)
def test_no_other_extension_is_let_through(block: bytes) -> None:
    assert [violation.what[:9] for violation in verify(with_block(block))] == ["extension"]


def test_a_block_of_no_kind_is_not_proven() -> None:
    assert verify(with_block(b"\x99secret\0"))
