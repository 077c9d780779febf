"""Task that the sandboxed child runs to retouch a photo."""

import warnings
from dataclasses import dataclass
from typing import Any

from PIL import Image

from intake.photos import child, pictures
from intake.photos.identify import identify
from intake.photos.render import Rendered, animation, decoding, moving, still
from intake.photos.render.encoding import FULL, HALF, Coding, Timing, colour_resolution, encode, encode_frames
from intake.photos.render.normalization import strip_metadata, to_eight_bits
from intake.photos.retouch.marks import BLOCK, Area, PhotoEdit
from intake.photos.retouch.paint import paint


@dataclass(frozen=True)
class DecodedPhoto:
    """Frames of a decoded photo, and their timing if it is an animation."""

    frames: list[Image.Image]
    timing: Timing | None
    subsampling: str = HALF
    """Colour resolution, if the photo is a JPEG."""

    def cut(self, area: Area) -> "DecodedPhoto":
        """Crop all frames to the area."""
        box = area.pixels(*self.frames[0].size)
        return DecodedPhoto([frame.crop(box) for frame in self.frames], self.timing, self.subsampling)

    def render(self, name: str) -> Rendered:
        """Render the three copies in the format `name`."""
        if self.timing:
            return moving(self.frames, self.timing, name)
        return still(self.frames[0], Coding(name, self.subsampling))

    def encode(self, name: str) -> bytes:
        """Encode the full copy only, in the format `name`."""
        if self.timing:
            return encode_frames(self.frames, name, self.timing, FULL)
        return encode(self.frames[0], name, FULL, self.subsampling)


def prepare() -> None:
    """Load libmagic and the codecs once, so that each forked child has them in memory."""
    child.prepare()


def retouch(data: bytes, change: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """Retouch a clean full copy. `change` has the fields of a PhotoEdit. Returns a header and blobs.

    The header has width and height of the result. The blobs are full, web and thumb, and the uncropped picture
    with its marks if the edit has both marks and a crop. The format stays the same.
    """
    warnings.simplefilter("ignore")
    name = identify(data)
    whole = _decoded(data, name)
    edit = PhotoEdit.from_fields(change)
    for mark in edit.marks:
        paint(whole.frames, mark, BLOCK.get(name, 1))
    left = whole.cut(edit.crop) if edit.crop else whole
    rendered = left.render(name)
    blobs = [rendered.full, rendered.web, rendered.thumb]
    if edit.crop and edit.marks:
        blobs.append(whole.encode(name))
    return {"width": rendered.width, "height": rendered.height}, blobs


def _decoded(data: bytes, name: str) -> DecodedPhoto:
    """Decode a clean copy, which is already upright and in sRGB."""
    opened = decoding.open_picture(pictures.choose(data, name))
    count = decoding.count_frames(opened.picture, name)
    if count > 1:
        return DecodedPhoto(*animation.read_frames(opened.picture, data, count, name))
    opened.load()
    subsampling = colour_resolution(opened.picture) if name == "jpeg" else HALF
    return DecodedPhoto([strip_metadata(to_eight_bits(opened.picture))], None, subsampling)
