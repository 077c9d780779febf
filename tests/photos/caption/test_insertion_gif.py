import pytest

from intake.photos.caption import CaptionCredit
from intake.photos.caption.insertion import gif
from tests.photos.made import encoded, opened, scene


@pytest.mark.parametrize(("colours", "table"), [(2, 4), (7, 8), (200, 256), (256, 256)])
def test_behind_the_table_of_colours_however_long(colours: int, table: int) -> None:
    data = encoded(scene(20, 10).quantize(colours), "GIF")
    written = gif(data, CaptionCredit("A door", "A. N."))
    assert written.startswith(b"GIF89a")
    assert written.index(b"\x21\xff\x0bXMP DataXMP") == 13 + 3 * table
    assert opened(written).convert("RGB").tobytes() == opened(data).convert("RGB").tobytes()


def test_whoever_takes_letters_for_lengths_comes_out_at_the_end() -> None:
    """Decoders skip XMP as blocks, reading its text as lengths. They must still arrive at the end of the extension."""
    for shift in range(300):
        data = encoded(scene(4, 3).quantize(16), "GIF")
        written = gif(data, CaptionCredit("x" * shift, "A. N."))
        at = written.index(b"XMP DataXMP") + 11
        while written[at]:
            at += 1 + written[at]
        end = at + 1
        assert data.endswith(written[end:])
        assert len(written[end:]) == len(data) - (13 + 3 * 16)
