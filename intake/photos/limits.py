"""How much a photo may ask for: the numbers behind the refusals."""

from dataclasses import dataclass

MB = 1024 * 1024

MAX_BYTES = 256 * MB
"""A file in one piece. The web's own limit is lower; this one is for the command line."""

MAX_PIXELS = 51_000_000
"""50 megapixels as cameras count them: phones sold under that figure write 8192 × 6144."""

MAX_FRAMES = 1_000
MAX_ANIMATION_PIXELS = 80_000_000
"""All frames together: Pillow holds those of a GIF or APNG in memory at once, at up to 4 bytes a pixel."""

MAX_SCANS = 100
"""Of a JPEG. 8,000 scans in 287 KB cost 14 s; real files have at most 20."""


@dataclass(frozen=True)
class Limits:
    """What the sandboxed child may use. Passing one ends it, and the photo is refused."""

    memory_bytes: int = 640 * MB
    """Address space beyond what the parent has; a 50-megapixel photo that has to be turned needs about 450 MB."""

    cpu_seconds: int = 9
    wall_seconds: float = 30.0
    """Longer than the processor time, so that a busy machine does not refuse a good photo."""

    answer_bytes: int = 512 * MB
    """What the child may send back."""
