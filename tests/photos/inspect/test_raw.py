from intake.photos.inspect import count


def test_fields_of_a_raw_file_are_read_like_those_of_tiff() -> None:
    fields = b"\1\0" + b"\x0f\1\2\0\4\0\0\0Abc\0" + bytes(4)
    assert count(b"IIRO\x08\0\0\0" + fields, "raw") == {"camera": 1, "private_data": 1}
