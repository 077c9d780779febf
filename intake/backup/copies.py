"""Copies of the encrypted files in a backup, made while workers add and delete files."""

from collections.abc import Iterable
from itertools import chain

from intake.backup.checksums import HashingIterator
from intake.backup.folder import Folder
from intake.backup.progress import ProgressDisplay
from intake.storage import files


class Copies:
    """Copies in a backup folder. `sums` maps the name of each copied file to its SHA-256.

    Copies stay valid during the backup, because Transom never reuses the name of a file.
    """

    def __init__(self, folder: Folder) -> None:
        self._files = folder.files
        self.sums: dict[str, str] = {}

    def take(self, names: Iterable[str], progress: ProgressDisplay) -> set[str]:
        """Copy the files `names`, except those that are copied already. Returns the names of missing files.

        A file may be missing because a worker has cleaned a photo and deleted its original.
        """
        missing = [name for name in names if name not in self.sums]
        return {name for name in progress("Copying files", missing) if not self._copy(name)}

    def keep_only(self, names: Iterable[str]) -> None:
        """Delete all copies except `names`.

        An original that was deleted during the backup must not remain in it.
        """
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
