from intake.photos.inspect.photoshop import photoshop


def resource(number: int, body: bytes, name: bytes = b"") -> bytes:
    label = bytes([len(name)]) + name
    return (
        b"8BIM"
        + number.to_bytes(2, "big")
        + label
        + bytes(len(label) % 2)
        + len(body).to_bytes(4, "big")
        + body
        + bytes(len(body) % 2)
    )


def test_each_resource_has_a_kind() -> None:
    block = b"Photoshop 3.0\0" + b"".join(
        [
            resource(0x0404, b"\x1c\2\x50\0\1A"),
            resource(0x040C, b"JFIF", b"abc"),
            resource(0x040F, b"profile"),
            resource(0x0424, b' dc:title="A"', b"ab"),
            resource(0x03ED, b"resolution"),
        ]
    )
    assert [trace.kind for trace in photoshop(block)] == [
        "name",
        "thumbnail",
        "colour_profile",
        "caption",
        "editing",
    ]


def test_no_resources_are_none() -> None:
    assert list(photoshop(b"Photoshop 3.0\0junk")) == []
