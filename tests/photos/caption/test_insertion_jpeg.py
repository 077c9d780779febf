from intake.photos.caption import CaptionCredit
from intake.photos.caption.insertion import jpeg

START, JFIF, REST = (
    b"\xff\xd8",
    b"\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00",
    b"\xff\xdb rest",
)


def test_the_header_stays_first_and_the_rest_follows_unchanged() -> None:
    written = jpeg(START + JFIF + REST, CaptionCredit("A door", "A. N."))
    assert written.startswith(START + JFIF + b"\xff\xe1")
    assert written.endswith(REST)
    assert written.count(b"\xff\xed") == 1


def test_a_file_without_that_header() -> None:
    written = jpeg(START + REST, CaptionCredit("A door", ""))
    assert written.startswith(START + b"\xff\xe1")
    assert written.endswith(REST)


def test_segments_are_as_long_as_they_say() -> None:
    written = jpeg(START + REST, CaptionCredit.of("<" * 10**5, "&" * 10**5))
    at = 2
    for marker in (b"\xff\xe1", b"\xff\xed"):
        assert written[at : at + 2] == marker
        at += 2 + int.from_bytes(written[at + 2 : at + 4], "big")
    assert written[at:] == REST
