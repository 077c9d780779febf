from intake.photos.caption import CaptionCredit
from intake.photos.caption.metadata import resource
from intake.photos.inspect.photoshop import photoshop


def test_the_block_is_as_the_standard_says() -> None:
    assert resource(CaptionCredit("Есік", "A. N.")) == (
        b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x26"
        b"\x1c\x01\x5a\x00\x03\x1b%G"
        b"\x1c\x02\x00\x00\x02\x00\x04"
        b"\x1c\x02\x50\x00\x05A. N."
        b"\x1c\x02\x78\x00\x08" + "Есік".encode()
    )


def test_our_own_reader_finds_both() -> None:
    found = [(trace.name, trace.value) for trace in photoshop(resource(CaptionCredit("A door", "A. N.")))]
    assert found[1:] == [("IPTC 2:80", b"A. N."), ("IPTC 2:120", b"A door")]


def test_a_name_of_32_bytes_fits_and_a_longer_one_is_no_half_name() -> None:
    assert b"\x02\x50\x00\x20" in resource(CaptionCredit("", "x" * 32))
    assert b"\x1c\x02\x50" not in resource(CaptionCredit("", "x" * 33))


def test_a_caption_is_cut_between_letters() -> None:
    whole, cut = resource(CaptionCredit("ө" * 1000, "")), resource(CaptionCredit("ө" * 1001, ""))
    assert ("ө" * 1000).encode() in whole
    assert cut.rstrip(b"\0").endswith(("ө" * 998 + "…").encode())
