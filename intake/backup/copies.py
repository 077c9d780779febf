"""Copies of the encrypted files, made while workers add and delete files."""

from collections.abc import Iterable
from itertools import chain

from intake.backup.checksums import HashingIterator
from intake.backup.folder import Folder
from intake.backup.progress import ProgressDisplay
from intake.storage import files


class Copies:
    """Copies made so far. `sums` maps names to SHA-256. Names are never reused, so existing copies stay valid."""

    def __init__(self, folder: Folder) -> None:
        self._files = folder.files
        self.sums: dict[str, str] = {}

    def take(self, names: Iterable[str], progress: ProgressDisplay) -> set[str]:
        """Copy files that are not copied yet. Returns the names of missing files: originals are deleted once
        cleaned.
        """
        missing = [name for name in names if name not in self.sums]
        return {name for name in progress("Copying files", missing) if not self._copy(name)}

    def keep_only(self, names: Iterable[str]) -> None:
        """Delete all other copies, because an original deleted in the meantime must not remain in a backup."""
        for name in self.sums.keys() - set(names):
            self._files.delete(name)
            del self.sums[name]

    def _copy(self, name: str) -> bool:
        chunks = files().raw(name)
        try:
            first = next(chunks, b"")
        except FileNotFoundError:
            return False
        hashed = HashingIterator(chain([first], chunks))
        self._files.put_raw(name, hashed)
        self.sums[name] = hashed.digest
        return True
