"""User that PostgreSQL runs as.

This is the current user, unless that is root. For root, it is another user id in a user namespace, or else an
unprivileged user.
"""

import os
import pwd
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.local.errors import CannotStart
from intake.local.servers import drop_privileges

# PostgreSQL runs with the id of the first of these users that exists. initdb requires a user id with an entry
# in the password file.
NAMES = ("postgres", "daemon", "nobody")


@dataclass(frozen=True)
class Identity:
    """User to run a program as.

    `prefix` is put before a command line to run it as the user. `uid` and `gid` are
    the owner and the group of the program's files.
    """

    prefix: tuple[str, ...]
    uid: int
    gid: int

    def argv(self, program: str, *args: str) -> list[str]:
        """Command line that runs `program` as this user."""
        return [*self.prefix, program, *args]

    def can(self, program: Path, *folders: Path) -> bool:
        """Return whether this user can run `program` and write to all `folders`.

        Also returns False if this process cannot switch to the user.
        """
        test = 'for folder; do test -w "$folder" || exit 1; done; exec "$0" --version'
        argv = self.argv("/bin/sh", "-c", test, str(program), *map(str, folders))
        return subprocess.run(argv, capture_output=True, check=False).returncode == 0

    def own(self, *folders: Path) -> None:
        """Make this user the owner of `folders`."""
        for folder in folders:
            if folder.stat().st_uid != self.uid:
                os.chown(folder, self.uid, self.gid)


def ourselves() -> Identity:
    """Identity of the current user."""
    return Identity((), os.geteuid(), os.getegid())


def candidates() -> Iterator[Identity]:
    """Possible identities to run PostgreSQL as, best first."""
    if _ordinary(os.geteuid()):
        yield ourselves()
    yield Identity(_through("namespace", _unprivileged().pw_uid), os.geteuid(), os.getegid())
    if os.geteuid() == 0:
        user = _unprivileged()
        yield Identity(_through("user", user.pw_uid, user.pw_gid), user.pw_uid, user.pw_gid)


def choose(program: Path, *folders: Path, among: Sequence[Identity] | None = None) -> Identity:
    """Choose the first identity that can run `program` and write to all `folders`.

    An identity with another user id is made the owner of the folders first. Raises CannotStart if none fits.
    """
    for identity in candidates() if among is None else among:
        if identity.uid != os.geteuid():
            identity.own(*folders)
            _open_path_to(folders[0])
        if identity.can(program, *folders):
            return identity
    raise CannotStart(
        f"PostgreSQL does not run as root, and no other user can reach {program.parent} and {folders[0]}: "
        "start Transom as an ordinary user, or name a database with TRANSOM_DATABASE_URL."
    )


def _open_path_to(folder: Path) -> None:
    # The servers' user must be able to enter the data folder (modes g+x and o+x), but cannot list its contents.
    parent = folder.parent
    if parent.stat().st_uid == os.geteuid():
        parent.chmod(parent.stat().st_mode | 0o011)


def _ordinary(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:  # initdb refuses a user id without a name, as in `docker run --user 12345`
        return False
    return uid != 0


def _unprivileged() -> pwd.struct_passwd:
    for name in NAMES:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart(
        "PostgreSQL does not run as root, and this machine has no user `nobody`: start Transom as an ordinary user."
    )


def _through(*args: str | int) -> tuple[str, ...]:
    return (sys.executable, "-I", "-S", drop_privileges.__file__, *map(str, args), "--")
