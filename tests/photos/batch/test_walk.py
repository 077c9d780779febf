import os
from pathlib import Path

import pytest

from intake.photos.batch.walk import Found, find


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    for name in ("b/2", "b/1", "a", "c", "b/1.d/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert [str(found.path.relative_to(tmp_path)) for found in find([tmp_path])] == [
        "a", "b/1", "b/1.d/x", "b/2", "c",
    ]  # fmt: skip


def test_hidden_entries_are_left_out_unless_they_are_named(tmp_path: Path) -> None:
    (tmp_path / ".a.jpg").touch()
    (tmp_path / ".b").mkdir()
    (tmp_path / ".b" / "c.jpg").touch()
    assert [(found.path.name, found.reason) for found in find([tmp_path])] == [
        (".a.jpg", "hidden"),
        (".b", "hidden"),
    ]
    assert find([tmp_path / ".a.jpg"]) == [Found(tmp_path / ".a.jpg")]
    assert find([tmp_path / ".b"]) == [Found(tmp_path / ".b" / "c.jpg")]


def test_a_link_to_a_folder_is_left_out_and_loops_end(tmp_path: Path) -> None:
    (tmp_path / "up").symlink_to(".")
    (tmp_path / "loop").symlink_to("loop")
    assert [(found.path.name, found.reason) for found in find([tmp_path])] == [
        ("loop", ""),
        ("up", "linked_folder"),
    ]


def test_a_path_that_is_given_twice_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert find([tmp_path / "a", tmp_path]) == [Found(tmp_path / "a")]


def test_what_is_missing_is_found_when_it_is_read(tmp_path: Path) -> None:
    assert find([tmp_path / "gone"]) == [Found(tmp_path / "gone")]


def test_a_folder_that_cannot_be_read_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    (tmp_path / "open").touch()
    scandir = os.scandir

    def forbid(path: Path) -> object:
        if path.name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", forbid)
    closed, other = find([tmp_path])
    assert (closed.reason, other.reason) == ("unreadable", "")
    assert closed.sentence.endswith("closed: Permission denied. Check that you may read this folder.")


def test_deep_folders_are_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    deepest = Path("d")
    for _ in range(1500):
        deepest.mkdir()
        deepest /= "d"
    deepest.mkdir()
    (deepest / "a").touch()
    try:
        assert [found.path.name for found in find([Path("d")])] == ["a"]
    finally:
        # Python before 3.12 cannot remove so deep a folder at once.
        (deepest / "a").unlink()
        for folder in (deepest, *deepest.parents[:-1]):
            folder.rmdir()
