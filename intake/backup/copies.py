"""Copies of the encrypted files in a backup, made while workers add and delete files."""

from collections.abc import Iterable
from itertools import chain

from intake.backup.folder import Folder
from intake.backup.progress import ProgressDisplay
from intake.storage import files


class Copies:
    """Copied files in a backup folder. `names` are the names of the files that were copied so far.

    Copies stay valid during the backup, because Transom never reuses the name of a file.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.names: set[str] = set()

    def take(self, names: Iterable[str], progress: ProgressDisplay) -> set[str]:
        """Copy the files `names`, except those that are copied already. Returns the names of missing files.

        A file may be missing because a worker has cleaned a photo and deleted its original.
        """
        missing = [name for name in names if name not in self.names]
        return {name for name in progress("Copying files", missing) if not self._copy(name)}

    def keep_only(self, names: Iterable[str]) -> None:
        """Delete all copies except `names`.

        An original that was deleted during the backup must not remain in it.
        """
        for name in self.names - set(names):
            self._folder.remove(self._folder.file_name(name))
            self.names.remove(name)

    def _copy(self, name: str) -> bool:
        chunks = files().raw(name)
        try:
            first = next(chunks, b"")
        except FileNotFoundError:
            return False
        self._folder.add(self._folder.file_name(name), chain([first], chunks))
        self.names.add(name)
        return True
