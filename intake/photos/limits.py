"""Limits on photos. A photo that exceeds a limit is refused."""

from intake.sandbox.limits import MB

MAX_BYTES = 256 * MB
"""Maximum size of a photo file in bytes, on the command line. The limit for uploads is lower."""

MAX_PIXELS = 51_000_000
"""Maximum pixels of a picture. Phones sold as 50 megapixels write 8192 × 6144."""

WEB_SIDE = 1600
THUMB_SIDE = 320
"""Maximum length of the longer side of the web copy and of the thumb, in pixels."""

MAX_REDUCTION = 4
"""A JPEG with more than MAX_PIXELS is decoded at a half or a quarter of its size."""

MAX_COEFFICIENT_BYTES = 352 * MB
"""Maximum memory for the coefficients of a progressive JPEG. They are all decoded before the first pixel.

A progressive photo of 108 megapixels, with colours at half the resolution, needs 309 MB.
"""

MAX_MISSING_ROWS = 0.02
"""A JPEG is kept if at most this share of its rows is missing at the bottom."""

MAX_PAGES = 64
"""Maximum pages of a file, unless the caller passes a lower limit."""

MAX_FRAMES = 1_000
MAX_ANIMATION_PIXELS = 80_000_000
"""Maximum pixels of all frames. Pillow holds all frames of a GIF or APNG in memory, at up to 4 bytes a pixel."""

MAX_SCANS = 100
"""Maximum scans of a JPEG. 8,000 scans in 287 KB took 14 s; real files have at most 20."""

MAX_TRACES = 20_000
"""Maximum pieces of metadata that are read."""

MAX_NAME_LENGTH = 200
"""Maximum characters of the name of a piece of metadata."""

MAX_VALUE_BYTES = 800
"""Maximum bytes of a metadata value. This is enough for the 200 characters that are printed."""
