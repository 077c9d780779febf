"""Folder for the clean copies: their names, their modification time, and copies of earlier runs."""

import os
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from intake.photos import CleanPhoto
from intake.photos.batch import files
from intake.photos.verify import verify

SUFFIXES = {"jpeg": ".jpg", "png": ".png", "webp": ".webp", "gif": ".gif"}
SIZES = ("full", "web", "thumb")
TIME = 315_619_200
"""Modification time of every copy, so that a copy does not reveal when it was made: 2 January 1980, 00:00 UTC.

ZIP and FAT store local times from 1980 on, so the first day of that year is too early in half of the world.
"""
_NAME = re.compile(r"(.+)\.(full|web|thumb)(\.jpg|\.png|\.webp|\.gif)", re.DOTALL)
_NUMBER = re.compile(r"([0-9]{1,9})(?:-.*)?", re.DOTALL)
_LONGEST_STEM = 200
"""Maximum bytes of a copy's stem. File systems allow 255 bytes for the whole name."""
_ADVICE = "The copies were not kept. Make room, or name another folder."


def is_copy(file: Path, data: bytes) -> bool:
    """Return whether an earlier run wrote this file: it has the name of a copy, and no metadata is found in it."""
    return _NAME.fullmatch(file.name) is not None and not verify(data)


class CopyFolder:
    """Clean copies in one folder. Raises FileTrouble if the folder cannot be read.

    Copies are numbered, because the name of the original can identify its maker. With `keep_names` they have the
    stem of the original. Numbers go on after those in the folder. With `overwrite` they begin at 1, and a new copy
    replaces an old one, but never a file that is not proven clean.
    """

    def __init__(self, folder: Path, *, keep_names: bool = False, overwrite: bool = False) -> None:
        self._folder = folder
        self._keep_names, self._overwrite = keep_names, overwrite
        self._uses: Counter[str] = Counter()
        self._number = 0
        self._pages: tuple[Path, str] | None = None
        self._taken: set[str] = set()
        self._sizes: dict[int, list[str]] = {}
        self._earlier: dict[int, dict[bytes, list[str]]] = {}
        if not overwrite:
            with files.file_errors(folder, "Name a folder that you may read."):
                self._look()

    def _look(self) -> None:
        """Note the copies that are in the folder."""
        with os.scandir(self._folder) as found:
            entries = sorted(found, key=lambda entry: entry.name, reverse=True)
        for entry in entries:
            name = _NAME.fullmatch(entry.name)
            if name is None:
                continue
            self._taken.add(_folded(name[1]))
            number = _NUMBER.fullmatch(name[1])
            self._number = max(self._number, int(number[1]) if number else 0)
            if name[2] == "full" and entry.is_file():
                self._sizes.setdefault(entry.stat().st_size, []).append(entry.name)

    def earlier(self, photo: CleanPhoto, source: Path) -> dict[str, str] | None:
        """Paths of the copies of this photo that an earlier run wrote, or None. Returns each set of copies once.

        Cleaning is deterministic, so these copies are equal byte for byte. Nothing about the original needs to be
        stored in the folder, which may be handed on.
        """
        size = len(photo.full)
        if size not in self._earlier:
            self._earlier[size] = self._digests(self._sizes.get(size, []))
        names = self._earlier[size].get(sha256(photo.full).digest())
        if not names:
            return None
        stem = names.pop().rsplit(".", 2)[0]
        self._remember(photo, source, stem)
        return self._paths(stem, photo.format)

    def _digests(self, names: list[str]) -> dict[bytes, list[str]]:
        found: dict[bytes, list[str]] = {}
        for name in names:
            try:
                data = files.read(self._folder / name)
            except files.FileTrouble:
                continue
            found.setdefault(sha256(data).digest(), []).append(name)
        return found

    def write(self, photo: CleanPhoto, source: Path) -> dict[str, str]:
        """Write the copies of one photo, all or none. Returns their paths by size. Raises FileTrouble."""
        suffix = SUFFIXES[photo.format]
        with (
            files.file_errors(self._folder, _ADVICE),
            TemporaryDirectory(prefix=".transom-", dir=self._folder) as unseen,
        ):
            ready = {size: Path(unseen, f"copy.{size}{suffix}") for size in SIZES}
            for size, path in ready.items():
                path.write_bytes(getattr(photo, size))
                os.utime(path, (TIME, TIME))
            for stem in chain(self._page_stems(photo, source), self._stems(source)):
                paths = {size: Path(path) for size, path in self._paths(stem, photo.format).items()}
                if self._is_free(stem) and self._place(ready, paths):
                    self._remember(photo, source, stem)
                    return {size: str(path) for size, path in paths.items()}
        raise AssertionError("there is always another stem")

    def _remember(self, photo: CleanPhoto, source: Path, stem: str) -> None:
        """Keep the stem of a first page, so that the further pages of the file are named after it."""
        if _page(photo) == 1:
            self._pages = (source, stem)

    def _page_stems(self, photo: CleanPhoto, source: Path) -> Iterator[str]:
        """Stem of a further page of the file whose first page was the last to be written: `0001-page-2`."""
        if self._pages and self._pages[0] == source and _page(photo) > 1:
            yield f"{self._pages[1]}-page-{_page(photo)}"

    def _stems(self, source: Path) -> Iterator[str]:
        """Stems for the copies, in the order in which they are tried. Never ends."""
        while not self._keep_names:
            self._number += 1
            yield f"{self._number:04}"
        name = os.fsencode(source.stem)
        stem = source.stem if len(name) <= _LONGEST_STEM else name[:_LONGEST_STEM].decode("utf-8", "ignore")
        while True:
            self._uses[_folded(stem)] += 1
            uses = self._uses[_folded(stem)]
            yield stem if uses == 1 else f"{stem}-{uses}"

    def _is_free(self, stem: str) -> bool:
        """Return whether no copy of this run or of an earlier run has this stem, and take the stem."""
        is_free = _folded(stem) not in self._taken
        self._taken.add(_folded(stem))
        if self._overwrite and is_free:
            return all(_is_replaceable(path) for path in self._all_paths(stem))
        return is_free

    def _place(self, ready: dict[str, Path], paths: dict[str, Path]) -> bool:
        """Move the copies into place. Returns False if another process has just taken one of the names."""
        if self._overwrite:
            for path in self._all_paths(paths["full"].name.rsplit(".", 2)[0]):
                path.unlink(missing_ok=True)
        reserved: list[Path] = []
        try:
            for path in paths.values():
                # Reserve the name with an empty file. Replacing that one cannot overwrite a file of another process.
                path.touch(exist_ok=False)
                reserved.append(path)
            # The full copy is last: where it is, the other two are complete.
            for size in reversed(SIZES):
                ready[size].replace(paths[size])
        except OSError as error:
            for path in reserved:
                path.unlink(missing_ok=True)
            if isinstance(error, FileExistsError):
                return False
            raise
        return True

    def _paths(self, stem: str, format_out: str) -> dict[str, str]:
        return {size: str(self._folder / f"{stem}.{size}{SUFFIXES[format_out]}") for size in SIZES}

    def _all_paths(self, stem: str) -> list[Path]:
        """Paths that copies with this stem can have, in all formats."""
        return [self._folder / f"{stem}.{size}{suffix}" for size in SIZES for suffix in SUFFIXES.values()]


def _page(photo: CleanPhoto) -> int:
    number: int = photo.notes.get("page", [1])[0]
    return number


def _folded(stem: str) -> str:
    """Normalized stem, for file systems that ignore case or Unicode composition when they compare names."""
    return unicodedata.normalize("NFC", stem).casefold()


def _is_replaceable(path: Path) -> bool:
    """Return whether a path is free, or has a copy of an earlier run, or an empty file that an aborted run left."""
    if not os.path.lexists(path):
        return True
    try:
        data = files.read(path)
    except files.FileTrouble:
        return False
    return not data or not verify(data)
