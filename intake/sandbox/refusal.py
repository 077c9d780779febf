"""Refusal of a file or text by the task in the child, or by the sandbox because the child failed."""

CHILD_FAILURES = ("damaged", "too_slow", "too_much_memory")
"""Reasons that the sandbox itself gives: the child crashed, ran too long, or used too much memory."""


class Refused(Exception):
    """The task cannot be done with this input. `reason` is a code of the task, or one of CHILD_FAILURES.

    `detail` names for an admin the place of the failure (exception type, module and line). It never quotes
    the input.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


class AnswerRefused(Refused):
    """The child's answer breaks the limits of its task, so the child may have been taken over. An error is logged."""

    def __init__(self) -> None:
        super().__init__("damaged", "the child's answer")
