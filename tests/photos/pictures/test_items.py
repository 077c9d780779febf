import pytest

from intake.photos.pictures.items import MAX_PIECES, Items


def reference(kind: bytes, source: int, *targets: int) -> bytes:
    body = (
        source.to_bytes(2, "big")
        + len(targets).to_bytes(2, "big")
        + b"".join(one.to_bytes(2, "big") for one in targets)
    )
    return (len(body) + 8).to_bytes(4, "big") + kind + body


def described(number: int, kind: bytes) -> bytes:
    body = b"\2\0\0\0" + number.to_bytes(2, "big") + b"\0\0" + kind + b"\0"
    return (len(body) + 8).to_bytes(4, "big") + b"infe" + body


def filled() -> Items:
    """Item 1 is shown and consists of tiles 2 and 3; 4 is its thumbnail, 5 its depth map, 6 another picture, 7
    text.
    """
    kinds = [b"grid", b"hvc1", b"hvc1", b"hvc1", b"hvc1", b"hvc1", b"mime"]
    info = b"\0\0\0\0\0\7" + b"".join(described(number, kind) for number, kind in enumerate(kinds, 1))
    links = b"\0\0\0\0" + reference(b"dimg", 1, 2, 3) + reference(b"thmb", 4, 1) + reference(b"auxl", 5, 1)
    place = b"\0\0\0\0\x44\0\0\1" + b"\0\7\0\0\0\1" + (0).to_bytes(4, "big") + (6).to_bytes(4, "big")
    data = b"<text>" + info + links + b"\0\0\0\0\0\1" + place
    items = Items(data)
    at = 6
    for name, body in ((b"iinf", info), (b"iref", links), (b"pitm", b"\0\0\0\0\0\1"), (b"iloc", place)):
        items.read(name, at, at + len(body))
        at += len(body)
    return items


def test_tells_other_pictures_and_companions_from_the_parts_of_the_shown_one() -> None:
    items = filled()
    assert items.others() == [6]
    assert items.thumbnails == {4}
    assert items.companions == 1


def properties(*boxes: bytes, of: dict[int, int]) -> bytes:
    """Box `iprp` without its head: properties, and for each item the number of its property."""
    links = b"".join(item.to_bytes(2, "big") + bytes([1, number]) for item, number in of.items())
    return boxed(b"ipco", b"".join(boxes)) + boxed(b"ipma", bytes(4) + len(of).to_bytes(4, "big") + links)


def boxed(name: bytes, body: bytes) -> bytes:
    return (len(body) + 8).to_bytes(4, "big") + name + body


def size(width: int, height: int) -> bytes:
    return boxed(b"ispe", bytes(4) + width.to_bytes(4, "big") + height.to_bytes(4, "big"))


def with_properties(body: bytes, name: bytes = b"iprp") -> Items:
    items = filled()
    start = len(items.data)
    items.data += body
    items.read(name, start, start + len(body))
    return items


def test_an_alpha_channel_is_part_of_the_picture() -> None:
    alpha = boxed(b"auxC", bytes(4) + b"urn:mpeg:hevc:2015:auxid:1 alpha\0")
    assert with_properties(properties(alpha, of={5: 1})).companions == 0


def test_knows_the_size_of_each_picture() -> None:
    items = with_properties(properties(size(40, 30), size(8, 6), of={1: 1, 6: 2}))
    assert (items.pixels(1), items.pixels(6), items.pixels(4)) == (1200, 48, 0)


def test_the_other_eye_of_a_3d_photo_is_a_companion() -> None:
    pair = boxed(b"ster", bytes(4) + (9).to_bytes(4, "big") + (2).to_bytes(4, "big") + b"\0\0\0\1\0\0\0\6")
    items = with_properties(pair, b"grpl")
    assert items.others() == []
    assert items.companions == 2


def test_finds_an_items_bytes() -> None:
    items = filled()
    assert items.of_type(b"mime") == [7]
    assert items.content(7) == b"<text>"
    assert items.content(99) == b""


def test_pieces_without_a_size_are_not_counted_to_the_end() -> None:
    place = b"\0\0\0\0\0\0\xff\xff" + b"\0\1\0\0\xff\xff" * 1000
    items = Items(place)
    with pytest.raises(IndexError):
        items.read(b"iloc", 0, len(place))
    assert len(items.places[1]) == MAX_PIECES


def test_pieces_that_overlap_give_no_more_than_the_file() -> None:
    items = Items(bytes(1000))
    items.places = {1: [(0, 1000)] * 50, 2: [(0, 1000)]}
    assert len(items.content(1)) + len(items.content(2)) == 1000
