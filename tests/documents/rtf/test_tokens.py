from hypothesis import given
from hypothesis import strategies as st

from intake.documents.rtf import tokens
from intake.documents.rtf.tokens import RtfToken


def read(data: bytes) -> list[RtfToken]:
    return list(tokens.read(data))


def test_each_kind() -> None:
    assert read(rb"{\b0 x\'e9\~\fs-12y}") == [
        ("open", b"{", None), ("word", b"b", 0), ("text", b"x", None), ("hex", b"e9", None), ("symbol", b"~", None),
        ("word", b"fs", -12), ("text", b"y", None), ("close", b"}", None),
    ]  # fmt: skip


def test_line_ends_and_zero_bytes_are_no_text() -> None:
    assert [token.value for token in read(b"a\r\nb\0c")] == [b"a", b"b", b"c"]


def test_binary_data_are_one_token() -> None:
    assert read(b"\\bin3 {}\\a")[1:] == [("binary", b"{}\\", None), ("text", b"a", None)]
    assert read(b"\\bin99 a")[1:] == [("binary", b"a", None)]


def test_numbers_have_a_limit() -> None:
    assert [token.number for token in read(rb"\a" + b"9" * 9_000 + rb"\a-" + b"9" * 30)] == [
        1 << 31,
        -(1 << 31),
    ]


@given(st.binary())
def test_any_bytes_are_split(data: bytes) -> None:
    assert sum(len(token.value) for token in tokens.read(data)) <= len(data)
