"""Why a start is refused."""


class CannotStart(Exception):
    """The message is one sentence for the person at the terminal: what is wrong and what to do."""
