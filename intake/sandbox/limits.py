"""Limits on a sandboxed child."""

from dataclasses import dataclass

MB = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Limits on the sandboxed child. A child that exceeds a limit is ended, and its file is refused."""

    memory_bytes: int = 640 * MB
    """Address space in bytes, beyond the address space of the parent process.

    A rotated 50-megapixel photo needs about 450 MB.
    """

    cpu_seconds: int = 9
    wall_seconds: float = 30.0
    """Longer than the CPU time, so that a busy machine does not refuse a good file."""

    answer_bytes: int = 512 * MB
    """Maximum size of the child's answer."""
