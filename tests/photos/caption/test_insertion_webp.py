import pytest

from intake.photos.caption import CaptionCredit
from intake.photos.caption.insertion import webp
from tests.photos.made import encoded, opened, scene


@pytest.mark.parametrize(
    ("mode", "how", "flags"),
    [
        ("RGB", {}, 0x04),
        ("RGB", {"lossless": True}, 0x04),
        ("RGBA", {"lossless": True}, 0x14),
        ("RGBA", {}, 0x14),
    ],
)
@pytest.mark.parametrize("size", [(1, 1), (321, 239), (16_383, 2)])
def test_the_header_says_what_there_is(
    mode: str, how: dict[str, bool], flags: int, size: tuple[int, int]
) -> None:
    picture = scene(*size).convert(mode)
    if mode == "RGBA":
        picture.putalpha(scene(*size, mode="L"))
    written = webp(encoded(picture, "WEBP", **how), CaptionCredit("A door", "A. N."))
    assert written[12:16] == b"VP8X"
    assert written[20] & 0x1C == flags
    assert int.from_bytes(written[24:27], "little") + 1 == size[0]
    assert int.from_bytes(written[27:30], "little") + 1 == size[1]
    assert int.from_bytes(written[4:8], "little") == len(written) - 8
    assert opened(written).size == size
