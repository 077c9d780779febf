from dataclasses import replace
from pathlib import Path

import pytest

from intake.photos import CleanPhoto
from intake.photos.batch.copies import TIME, CopyFolder, is_copy
from tests.photos import made

PICTURE = made.encoded(made.scene(), "JPEG")
PHOTO = CleanPhoto(
    full=PICTURE, web=PICTURE, thumb=PICTURE, format="jpeg", format_in="jpeg", width=320, height=240, frames=1,
    removed={}, notes={},
)  # fmt: skip
SOURCE = Path("a.jpg")


def stem(outputs: dict[str, str]) -> str:
    return Path(outputs["full"]).name.removesuffix(".full.jpg")


def test_copies_are_numbered_and_have_one_time(tmp_path: Path) -> None:
    copies = CopyFolder(tmp_path)
    assert [stem(copies.write(PHOTO, Path("Ilham.jpg"))) for _ in range(2)] == ["0001", "0002"]
    assert {path.stat().st_mtime for path in tmp_path.iterdir()} == {TIME}
    assert not any("Ilham" in path.name for path in tmp_path.iterdir())


def test_numbers_go_on_after_those_in_the_folder(tmp_path: Path) -> None:
    for name in ("0007.thumb.png", "0009-page-2.full.jpg", "12345.txt", "99.full.txt"):
        (tmp_path / name).write_bytes(b"mine")
    assert stem(CopyFolder(tmp_path).write(PHOTO, Path("a.jpg"))) == "0010"
    assert (tmp_path / "0007.thumb.png").read_bytes() == b"mine"


def test_names_are_kept_and_equal_ones_get_numbers(tmp_path: Path) -> None:
    (tmp_path / "A.full.png").write_bytes(b"mine")
    copies = CopyFolder(tmp_path, keep_names=True)
    sources = ("x/b.jpg", "y/b.png", "B.jpg", "a.jpg", "E\u0301.jpg", "\u00e9.jpg", "n" * 240 + ".jpg")
    assert [stem(copies.write(PHOTO, Path(source))) for source in sources] == [
        "b", "b-2", "B-3", "a-2", "E\u0301", "\u00e9-2", "n" * 200,
    ]  # fmt: skip


def page(number: int) -> CleanPhoto:
    return replace(PHOTO, full=made.encoded(made.scene(90 + number, 60), "JPEG"), notes={"page": [number, 3]})


@pytest.mark.parametrize(("keep_names", "first"), [(False, "0001"), (True, "fax")])
def test_further_pages_are_named_after_the_first(tmp_path: Path, keep_names: bool, first: str) -> None:
    fax = Path("fax.tif")
    copies = CopyFolder(tmp_path, keep_names=keep_names)
    written = [copies.write(page(number), fax) for number in (1, 2, 3)]
    assert [stem(outputs) for outputs in written] == [first, f"{first}-page-2", f"{first}-page-3"]
    (tmp_path / f"{first}-page-3.full.jpg").unlink()
    again = CopyFolder(tmp_path, keep_names=keep_names)
    assert [again.earlier(page(number), fax) for number in (1, 2, 3)] == [*written[:2], None]


def test_a_page_is_not_named_after_another_file(tmp_path: Path) -> None:
    copies = CopyFolder(tmp_path)
    assert [stem(copies.write(photo, Path(name))) for photo, name in ((page(1), "a"), (page(2), "b"))] == [
        "0001",
        "0002",
    ]


def test_another_process_cannot_be_overwritten(tmp_path: Path) -> None:
    copies = CopyFolder(tmp_path)
    (tmp_path / "0001.web.jpg").write_bytes(b"theirs")
    assert stem(copies.write(PHOTO, Path("a.jpg"))) == "0002"
    assert (tmp_path / "0001.web.jpg").read_bytes() == b"theirs"
    assert not (tmp_path / "0001.full.jpg").exists()


def test_copies_are_replaced_on_request_but_never_a_file_that_is_not_clean(tmp_path: Path) -> None:
    for size in ("full", "web", "thumb"):
        (tmp_path / f"a.{size}.png").write_bytes(made.encoded(made.scene(9, 9), "PNG"))
    original = made.jpeg_with_gps(40, 30, "SECRET")
    (tmp_path / "b.full.jpg").write_bytes(original)
    copies = CopyFolder(tmp_path, keep_names=True, overwrite=True)
    assert [stem(copies.write(PHOTO, Path(name))) for name in ("a.jpg", "b.jpg", "a.png")] == [
        "a",
        "b-2",
        "a-2",
    ]
    assert not (tmp_path / "a.full.png").exists()
    assert (tmp_path / "b.full.jpg").read_bytes() == original


def test_copies_of_an_earlier_run_are_found_once_each(tmp_path: Path) -> None:
    written = CopyFolder(tmp_path).write(PHOTO, Path("a.jpg"))
    copies = CopyFolder(tmp_path)
    assert copies.earlier(replace(PHOTO, full=PICTURE[:-1] + b"x"), SOURCE) is None
    assert copies.earlier(PHOTO, SOURCE) == written
    assert copies.earlier(PHOTO, SOURCE) is None


@pytest.mark.parametrize(
    ("name", "data", "is_one"),
    [
        ("a.full.jpg", PICTURE, True),
        ("a.b.thumb.jpg", PICTURE, True),
        ("a.jpg", PICTURE, False),
        ("a.full.jpeg", PICTURE, False),
        ("a.full.jpg", PICTURE + b"x", False),
        ("a.full.jpg", b"", False),
    ],
)
def test_a_copy_has_the_name_of_one_and_is_clean(name: str, data: bytes, is_one: bool) -> None:
    assert is_copy(Path(name), data) is is_one
