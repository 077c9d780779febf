from intake.photos.inspect.iptc import iptc


def dataset(number: int, value: bytes) -> bytes:
    return bytes([0x1C, 2, number]) + len(value).to_bytes(2, "big") + value


def test_each_dataset_has_a_kind() -> None:
    block = (
        dataset(0, b"\0\4")
        + dataset(80, b"A. Author")
        + dataset(90, b"Almaty")
        + dataset(120, b"A caption")
        + dataset(250, b"x")
    )
    assert [(trace.kind, trace.value) for trace in iptc(block)] == [
        ("name", b"A. Author"),
        ("position", b"Almaty"),
        ("caption", b"A caption"),
        ("other", b"x"),
    ]


def test_stops_at_what_is_no_dataset() -> None:
    assert list(iptc(b"junk")) == []
    assert len(list(iptc(dataset(80, b"A") + b"junk"))) == 1
