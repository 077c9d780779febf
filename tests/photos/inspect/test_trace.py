from intake.photos.inspect.trace import Trace, trailing


def test_a_value_is_printed_as_one_harmless_line() -> None:
    assert Trace("comment", "JPEG comment", b"a\n\x1b[2Jb\0").printable == "a··[2Jb"
    assert len(Trace("comment", "JPEG comment", b"x" * 9000).printable) == 200


def test_a_film_after_the_end_is_told_from_mere_bytes() -> None:
    assert [trace.kind for trace in trailing(b"\0\0\0\x18ftypmp42")] == ["trailing_bytes", "video"]
    assert [(trace.kind, trace.amount) for trace in trailing(b"PK\x03\x04")] == [("trailing_bytes", 4)]
    assert trailing(b"") == []
