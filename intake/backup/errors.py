"""Error raised by backup and restore."""


class BackupFault(Exception):
    """A backup cannot be made or restored.

    The message is one sentence for the person at the terminal, with advice.
    """
