import os
from pathlib import Path

import pytest

from intake.local.errors import CannotStart
from intake.local.folders import data_folder, private_folder


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_new_folder_is_ours_alone(tmp_path: Path) -> None:
    assert mode(private_folder(tmp_path / "a" / "b")) == 0o700
    assert mode(data_folder(tmp_path / "c" / "d")) == 0o700


def test_an_open_folder_is_closed(tmp_path: Path) -> None:
    folder = tmp_path / "open"
    folder.mkdir()
    folder.chmod(0o777)
    assert mode(private_folder(folder)) == 0o700


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path)
    with pytest.raises(CannotStart, match="belongs to somebody else"):
        private_folder(tmp_path / "link")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder away")
def test_somebody_else_s_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "theirs"
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    with pytest.raises(CannotStart, match="belongs to somebody else"):
        private_folder(folder)
    assert private_folder(folder, owners=frozenset({65534})) == folder


def test_a_file_in_the_way_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for make in (private_folder, data_folder):
        with pytest.raises(CannotStart, match=r"^The .* TRANSOM_DATA_DIR\.$"):
            make(tmp_path / "file" / "folder")


def test_the_proof_leaves_nothing_behind(tmp_path: Path) -> None:
    assert list(data_folder(tmp_path / "data").iterdir()) == []
