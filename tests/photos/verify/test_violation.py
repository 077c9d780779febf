from intake.photos.verify.violation import Violation, known, trailer


def test_says_what_and_where() -> None:
    assert str(Violation("segment 0xe1", 20)) == "segment 0xe1 at byte 20"


def test_a_name_of_a_strangers_choice_is_printed_only_if_it_is_letters() -> None:
    assert known(b"tEXt") == "tEXt"
    assert known(b"\x1b[2J") == "0x1b5b324a"


def test_bytes_after_the_picture_are_counted_for_admins_alone() -> None:
    found = trailer(b"12345678", 5)
    assert str(found) == "3 bytes after the end of the picture at byte 5"
    assert found.words == "bytes after the end of the picture"
