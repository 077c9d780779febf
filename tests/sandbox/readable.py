"""Task whose children leave their memory readable to their own user, unlike in the product. For tests that search it."""

import ctypes

from intake.sandbox import seccomp
from intake.sandbox.task import RawAnswer

_PR_SET_NO_NEW_PRIVS = 38


def prepare() -> None:
    """Let later children of this fork server stay dumpable (prctl), so that their own user may read their memory."""
    seccomp.deny_new_privileges = lambda: ctypes.CDLL(None).prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def nothing(_data: bytes) -> RawAnswer:
    return {}, []
