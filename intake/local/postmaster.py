"""PostgreSQL's lock files after a crash."""

from pathlib import Path


def clear(lock: Path) -> None:
    """Remove PostgreSQL's lock file unless a PostgreSQL server holds it.

    The server clears a lock whose process is gone, but not one whose number now belongs to another program, which after a
    restart of a container, where the same few numbers come round, is the rule. We hold the lock on the data folder,
    so nobody else can be starting a server here. First line of the file: the number of the process (miscadmin.h).
    """
    try:
        holder = int(lock.read_text().splitlines()[0])
    except (FileNotFoundError, ValueError, IndexError):
        lock.unlink(missing_ok=True)
        return
    if not _is_postgres(holder):
        lock.unlink(missing_ok=True)


def _is_postgres(pid: int) -> bool:
    try:
        # A server that is ending shows no command line for a moment: its name in `comm` stays.
        return Path(f"/proc/{pid}/comm").read_text().strip() == "postgres"
    except OSError:
        return False
