"""Why a backup cannot be made or restored."""


class BackupFault(Exception):
    """The message is one sentence for the person at the terminal: what is wrong and what to do."""
