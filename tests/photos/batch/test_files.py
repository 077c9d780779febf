import os
from pathlib import Path

import pytest

from intake.photos.batch import files
from intake.photos.batch.files import FileTrouble, NotAFile, make_folder, read
from intake.photos.limits import MAX_BYTES


def test_reads_a_file_and_one_behind_a_link(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").symlink_to("a")
    assert read(tmp_path / "a") == read(tmp_path / "b") == b"abc"


def test_a_file_that_has_gone_is_told_of_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match=r"gone\.jpg: No such file or directory\. "):
        read(tmp_path / "gone.jpg")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileTrouble, match="Is a directory"):
        read(tmp_path)


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NotAFile):
        read(tmp_path / "pipe")


def test_a_pipe_that_takes_the_place_of_a_file_does_not_block(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    before = Path(__file__).stat()
    monkeypatch.setattr(Path, "stat", lambda _: before)
    with pytest.raises(NotAFile):
        read(tmp_path / "pipe")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_forbidden_file_is_told_of_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a").touch(mode=0)
    with pytest.raises(FileTrouble, match="Permission denied"):
        read(tmp_path / "a")


def test_a_huge_file_is_read_only_as_far_as_it_takes_to_refuse_it(tmp_path: Path) -> None:
    with (tmp_path / "huge").open("wb") as sparse:
        sparse.truncate(MAX_BYTES * 8)
    assert len(read(tmp_path / "huge")) == MAX_BYTES + 1


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileTrouble, match="Name a folder that you may write to"):
        make_folder(tmp_path / "file" / "out")
    files.make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
