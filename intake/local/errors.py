"""Error raised if an installation cannot start."""


class CannotStart(Exception):
    """Transom cannot start.

    The message is one sentence for the person at the terminal, with advice.
    """
