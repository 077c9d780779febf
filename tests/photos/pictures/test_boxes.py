import pytest

from intake.photos.pictures.boxes import children, descend


def box(name: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + name + body


def test_finds_boxes_by_their_path() -> None:
    data = box(b"moov", box(b"trak", box(b"tkhd", b"one")) + box(b"trak", box(b"tkhd", b"two"))) + box(
        b"trak", b""
    )
    found = [data[start:end] for start, end in descend(data, (b"moov", b"trak", b"tkhd"), 0, len(data))]
    assert found == [b"one", b"two"]


def test_a_length_of_64_bits_is_read() -> None:
    data = b"\0\0\0\1mdat" + (20).to_bytes(8, "big") + b"body" + box(b"free", b"")
    assert [(name, data[start:end]) for name, start, end in children(data, 0, len(data))] == [
        (b"mdat", b"body"),
        (b"free", b""),
    ]


@pytest.mark.parametrize(
    "lie", [b"\0\0\0\0meta", b"\0\0\0\x01meta" + b"\xff" * 8, b"\0\0\0\x03meta", b"\xff\xff\xff\xffmeta"]
)
def test_lengths_that_lie_end_the_walk(lie: bytes) -> None:
    assert len(list(children(lie + bytes(64), 0, len(lie) + 64))) <= 1
