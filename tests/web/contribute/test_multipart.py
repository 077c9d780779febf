import io

import pytest
from werkzeug.exceptions import RequestEntityTooLarge

from intake.web.contribute.multipart import CHUNK, HEADER_BYTES, MultipartBody
from tests.web.bodies import BOUNDARY, File, multipart


class Opened:
    """Target that records the opened files and their bytes."""

    def __init__(self) -> None:
        self.files: list[tuple[str, str, io.BytesIO]] = []

    def __call__(self, field: str, file_name: str) -> io.BytesIO:
        target = io.BytesIO()
        self.files.append((field, file_name, target))
        return target

    @property
    def contents(self) -> list[tuple[str, str, bytes]]:
        return [(field, name, target.getvalue()) for field, name, target in self.files]


def read(
    data: bytes, *, text_bytes: int | None = 1000, parts: int | None = 10
) -> tuple[MultipartBody, Opened]:
    opened = Opened()
    body = MultipartBody(BOUNDARY.encode(), opened, text_bytes=text_bytes, parts=parts)
    body.read(io.BytesIO(data))
    return body, opened


def test_words_are_kept_in_order_and_files_go_where_they_are_told() -> None:
    files = [File("photo-1", b"\xff\xd8 one"), File("photo-2", b"\xff\xd8 two", "zwei.jpg")]
    body, opened = read(multipart({"title": "Қала", "body": "a\r\nb"}, files))
    assert body.words == [("title", "Қала"), ("body", "a\r\nb")]
    assert opened.contents == [
        ("photo-1", "photo.jpg", b"\xff\xd8 one"),
        ("photo-2", "zwei.jpg", b"\xff\xd8 two"),
    ]


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 7])
def test_a_file_arrives_whole_wherever_its_submissions_are_cut(size: int) -> None:
    data = bytes(range(251)) * (size // 251 + 1)
    _, opened = read(multipart({}, [File("photo-1", data[:size])]))
    assert opened.contents == [("photo-1", "photo.jpg", data[:size])]


def test_a_boundary_that_only_begins_is_part_of_the_file() -> None:
    data = f"\r\n--{BOUNDARY[:-1]}\r\n--{BOUNDARY}x".encode()
    _, opened = read(multipart({}, [File("photo-1", data)]))
    assert opened.contents[0][2] == data


def test_the_limit_is_for_all_words_together() -> None:
    read(multipart({"a": "x" * 400, "b": "x" * 400}))
    with pytest.raises(RequestEntityTooLarge):
        read(multipart({"a": "x" * 400, "b": "x" * 400, "c": "x" * 201}))


def test_files_do_not_count_as_words() -> None:
    _, opened = read(multipart({}, [File("photo-1", b"x" * 5000)]))
    assert len(opened.contents[0][2]) == 5000


def test_too_many_parts() -> None:
    read(multipart({f"f{i}": "" for i in range(10)}))
    with pytest.raises(RequestEntityTooLarge):
        read(multipart({f"f{i}": "" for i in range(11)}))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no boundary at all",
        multipart({"a": "cut"}, closed=False),
        multipart({"a": "cut"})[:-10],
        f"--{BOUNDARY}\r\n\r\nno header\r\n--{BOUNDARY}--\r\n".encode(),
        f"--{BOUNDARY}\r\nX: {'x' * HEADER_BYTES}\r\n\r\n\r\n--{BOUNDARY}--\r\n".encode(),
    ],
    ids=["nothing", "no boundary", "not closed", "cut short", "no disposition", "endless header"],
)
def test_what_is_no_multipart_body(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the parser's own words
        read(data)


def test_a_header_that_never_ends_does_not_fill_the_memory() -> None:
    with pytest.raises(RequestEntityTooLarge):
        read(f"--{BOUNDARY}\r\nX: ".encode() + b"x" * (4 * CHUNK))


def test_a_part_without_a_name_has_the_empty_name() -> None:
    data = f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nx\r\n--{BOUNDARY}--\r\n"
    body, _ = read(data.encode())
    assert body.words == [("", "x")]


def test_bytes_that_are_not_utf_8_are_replaced() -> None:
    files = [File("photo-1", b"x", "фото.jpg".encode("cp1251"))]
    body, opened = read(multipart({"title": "T"}, files).replace(b"T\r\n", b"\xff\r\n"))
    assert body.words == [("title", "\ufffd")]
    assert opened.contents == [("photo-1", "\ufffd\ufffd\ufffd\ufffd.jpg", b"x")]
