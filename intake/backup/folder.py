"""Folder layout of a backup."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from intake.backup import age
from intake.backup.checksums import HashingWriter
from intake.backup.errors import BackupFault
from intake.fsync import open_private, sync_folder

PIECE = 1024 * 1024


class Folder:
    """Folder of one backup.

    In clear: `backup.json` and `SHA256SUMS`. Encrypted, with the suffix `.age`: `manifest.json`, `present` and
    `database/<table>.copy`. Without recipients, these three are in clear, too. `files/` has copies of the stored files of
    submissions, which are encrypted anyway. Their names are digests, which do not reveal the submission.

    `sealed_to` are the recipients. `identities` are needed to read an encrypted backup. `is_old` is true for backups in
    the first format, which were never encrypted and in which files kept their names.
    """

    def __init__(
        self,
        root: Path,
        sealed_to: Sequence[str] = (),
        identities: age.Identities = (),
        *,
        is_old: bool = False,
    ) -> None:
        self.root, self.sealed_to, self.identities = root, sealed_to, identities
        self.is_sealed = bool(sealed_to)
        self._recipients = age.recipients(sealed_to)
        self._is_old = is_old
        self.sums: dict[str, str] = {}
        """Name of each file that was written → its SHA-256."""

    @classmethod
    def fresh(cls, root: Path, sealed_to: Sequence[str] = ()) -> "Folder":
        """Create a backup folder with mode 700, or use an existing empty folder.

        Raises BackupFault if the folder is not empty or cannot be written.
        """
        try:
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            if any(root.iterdir()):
                raise BackupFault(f"{root} is not empty: name a folder that is, or a new one.")
            root.chmod(0o700)
            (root / "database").mkdir(mode=0o700)
        except FileExistsError:
            raise BackupFault(f"{root} is a file: name a folder.") from None
        except OSError as error:
            raise BackupFault(f"{root} cannot be written ({error.strerror}): name another folder.") from None
        return cls(root, sealed_to)

    def file_name(self, stored: str) -> str:
        """Name in the backup of a stored file. The same file has the same name in each backup."""
        if self._is_old:
            return f"files/{stored}"
        digest = hashlib.sha256(stored.encode()).hexdigest()
        return f"files/{digest[:2]}/{digest}"

    def stored_name(self, name: str) -> str:
        """Name of a file that `add_sealed` writes, with `.age` if it is encrypted."""
        return name + age.SUFFIX if self.is_sealed else name

    def add(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a file unencrypted, with mode 600. Raises what `chunks` raises. `sync` then makes its name durable."""
        with self._writing(name) as target:
            for chunk in chunks:
                target.write(chunk)

    def add_sealed(self, name: str, chunks: Iterable[bytes]) -> None:
        """Write a file encrypted to the recipients, or in clear if there are none."""
        if not self.is_sealed:
            self.add(name, chunks)
            return
        with self._writing(self.stored_name(name)) as target:
            age.encrypt(chunks, target, self._recipients)

    def remove(self, name: str) -> None:
        """Delete a file that was written."""
        (self.root / name).unlink()
        del self.sums[name]

    def pour(self, name: str, take: Callable[[bytes], object]) -> None:
        """Call `take` with each chunk of a file that `add_sealed` wrote. Raises BackupFault, and what `take` raises.

        Chunks passed on before a fault are authentic, but the file is incomplete then.
        """
        path = self.root / self.stored_name(name)
        try:
            with path.open("rb") as file:
                if self.is_sealed:
                    age.decrypt(file, take, self.identities)
                    return
                while chunk := file.read(PIECE):
                    take(chunk)
        except (age.WrongIdentity, age.Damaged) as error:
            is_right = any(str(one.to_public()) in self.sealed_to for one in self.identities)
            if isinstance(error, age.Damaged) or is_right:
                raise BackupFault(f"{path} is not what was backed up: use another backup.") from None
            raise BackupFault(
                f"The identity does not open {self.root}: name that of {' or '.join(self.sealed_to)}."
            ) from None
        except OSError as error:
            raise BackupFault(f"{path} cannot be read ({error.strerror}): use another backup.") from None

    def read(self, name: str) -> bytes:
        """Contents of a small file that `add_sealed` wrote. Raises BackupFault."""
        found: list[bytes] = []
        self.pour(name, found.append)
        return b"".join(found)

    @contextmanager
    def _writing(self, name: str) -> Iterator[HashingWriter]:
        path = self.root / name
        for parent in reversed(path.relative_to(self.root).parents[:-1]):
            (self.root / parent).mkdir(mode=0o700, exist_ok=True)
        with open(path, "wb", opener=open_private) as file:
            target = HashingWriter(file)
            yield target
            file.flush()
            os.fsync(file.fileno())
        self.sums[name] = target.digest

    def write(self, name: str, text: str) -> None:
        """Write a file atomically with mode 600. After a power cut, the file is complete or absent."""
        path = self.root / name
        aside = path.with_suffix(".part")
        with open(aside, "w", encoding="utf-8", opener=open_private) as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
        sync_folder(self.root)

    def sync(self) -> None:
        """Make the names of all files survive a power cut."""
        for folder, _, _ in os.walk(self.root):
            sync_folder(Path(folder))

    def clear(self) -> None:
        """Delete the contents of the folder after a failed backup.

        They may include originals that were deleted from the installation in the meantime.
        """
        for path in self.root.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
