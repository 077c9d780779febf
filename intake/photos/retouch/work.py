"""What the sandboxed child does to a picture that an editor wants changed."""

import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image

from intake.photos.identify import identify
from intake.photos.render import Rendered, animation, decoding, moving, still
from intake.photos.render.encoding import FULL, Timing, encode, encode_frames
from intake.photos.render.normalization import bare, to_eight_bits
from intake.photos.retouch.marks import Area, Change
from intake.photos.retouch.paint import BLOCK, paint


@dataclass(frozen=True)
class Reel:
    """A picture, decoded: its frames, and how they play where there are several."""

    frames: list[Image.Image]
    timing: Timing | None

    def cut(self, area: Area) -> "Reel":
        """What is within the area."""
        box = area.pixels(*self.frames[0].size)
        return Reel([frame.crop(box) for frame in self.frames], self.timing)

    def render(self, name: str) -> Rendered:
        """The three copies in the format `name`."""
        return moving(self.frames, self.timing, name) if self.timing else still(self.frames[0], name)

    def encode(self, name: str) -> bytes:
        """The full copy alone."""
        if self.timing:
            return encode_frames(self.frames, name, self.timing, FULL)
        return encode(self.frames[0], name, FULL)


def retouch(data: bytes, change: Change) -> tuple[dict[str, Any], list[bytes]]:
    """Full, web and thumb of one of our own full copies as blobs, and the changed whole where that is not the full copy.

    The format stays. The header has width, height and dhash of what is left.
    """
    warnings.simplefilter("ignore")
    name = identify(data)
    whole = _decoded(data, name)
    for mark in change.marks:
        paint(whole.frames, mark, BLOCK.get(name, 1))
    left = whole.cut(change.crop) if change.crop else whole
    rendered = left.render(name)
    blobs = [rendered.full, rendered.web, rendered.thumb]
    if change.crop and change.marks:
        blobs.append(whole.encode(name))
    return {"width": rendered.width, "height": rendered.height, "dhash": rendered.dhash}, blobs


def _decoded(data: bytes, name: str) -> Reel:
    """No colours to convert and nothing to turn: cleaning has done that."""
    picture = decoding.open_picture(data, name)
    count = decoding.count_frames(picture, name)
    if count > 1:
        return Reel(*animation.read_frames(picture, count, name))
    decoding.load(picture)
    return Reel([bare(to_eight_bits(picture))], None)
