"""Drop root privileges, then run a program.

Usage: `drop_privileges.py namespace UID -- PROGRAM ARG…` or `drop_privileges.py user UID GID -- PROGRAM
ARG…`.

PostgreSQL refuses to run as root. In a user namespace, PostgreSQL has the user id of an ordinary user, but
the kernel still lets it use root's files. So the owners and modes of folders need not be changed.

Run this file by its path with `python -I -S`. It imports the standard library only, so that the process has
one thread. unshare(2) fails in a process with several threads.
"""

import ctypes
import os
import sys
from pathlib import Path

CLONE_NEWUSER = 0x10000000


def enter_namespace(uid: int) -> None:
    """Enter a new user namespace in which the current user has the id `uid`.

    Raises OSError if the kernel forbids user namespaces.
    """
    outside_uid, outside_gid = os.geteuid(), os.getegid()
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWUSER):
        raise OSError(ctypes.get_errno(), "no user namespaces here")
    # user_namespaces(7): an unprivileged process may map its group only once setgroups(2) is denied.
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{uid} {outside_uid} 1")
    Path("/proc/self/gid_map").write_text(f"{uid} {outside_gid} 1")


def drop_to(uid: int, gid: int) -> None:
    """Change the user and group of this process permanently."""
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)


def main(argv: list[str]) -> None:
    """Drop privileges and run the program after `--`. Exits with 126 if the user cannot be changed."""
    split = argv.index("--")
    how, *ids = argv[:split]
    try:
        if how == "namespace":
            enter_namespace(int(ids[0]))
        else:
            drop_to(int(ids[0]), int(ids[1]))
    except OSError as error:
        print(f"cannot become user {ids[0]}: {error.strerror}", file=sys.stderr)
        sys.exit(126)
    program = argv[split + 1 :]
    os.execvp(program[0], program)  # noqa: S606 - no shell is wanted


if __name__ == "__main__":
    main(sys.argv[1:])
