"""The encrypted files of a backup, copied while workers make and destroy them."""

from collections.abc import Iterable
from itertools import chain

from intake.backup.checksums import HashingIterator
from intake.backup.folder import Folder
from intake.backup.progress import Progress
from intake.storage import files


class Copies:
    """`sums` is name → SHA-256 of what was copied so far. Names are given once, so what is there stays right."""

    def __init__(self, folder: Folder) -> None:
        self._files = folder.files
        self.sums: dict[str, str] = {}

    def take(self, names: Iterable[str], progress: Progress) -> set[str]:
        """Copy those that are not there yet; the names of those that are gone, as they are once a photo is cleaned."""
        missing = [name for name in names if name not in self.sums]
        return {name for name in progress("Copying files", missing) if not self._copy(name)}

    def keep_only(self, names: Iterable[str]) -> None:
        """Remove the rest: an original that was destroyed meanwhile must not live on in a backup."""
        for name in self.sums.keys() - set(names):
            self._files.delete(name)
            del self.sums[name]

    def _copy(self, name: str) -> bool:
        pieces = files().raw(name)
        try:
            first = next(pieces, b"")
        except FileNotFoundError:
            return False
        hashed = HashingIterator(chain([first], pieces))
        self._files.put_raw(name, hashed)
        self.sums[name] = hashed.digest
        return True
