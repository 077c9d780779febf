import pytest

from intake.photos.inspect.items import MAX_PIECES, Items


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


def test_tells_thumbnail_and_hidden_pictures_from_the_parts_of_the_shown_one() -> None:
    assert {trace.kind: trace.amount for trace in filled().pictures()} == {
        "thumbnail": 1,
        "second_picture": 2,
    }


def test_an_alpha_channel_is_part_of_the_picture() -> None:
    items = filled()
    items.alphas = 1
    assert {trace.kind: trace.amount for trace in items.pictures()}["second_picture"] == 1


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
