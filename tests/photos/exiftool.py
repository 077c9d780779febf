"""Second opinion by ExifTool, which Transom itself does not use."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

MISSING = shutil.which("exiftool") is None
needed = pytest.mark.skipif(
    MISSING, reason="EXIFTOOL IS MISSING: clean copies were not checked by a second opinion"
)

_STRUCTURE = {
    "File": {
        "FileType", "FileTypeExtension", "MIMEType", "ImageWidth", "ImageHeight", "EncodingProcess", "BitsPerSample",
        "ColorComponents", "YCbCrSubSampling",
    },
    "JFIF": {"JFIFVersion", "ResolutionUnit", "XResolution", "YResolution"},
    "PNG": {
        "ImageWidth", "ImageHeight", "BitDepth", "ColorType", "Compression", "Filter", "Interlace", "AnimationFrames",
        "AnimationPlays", "Transparency", "Palette",
    },
    "RIFF": {
        "VP8Version", "ImageWidth", "ImageHeight", "HorizontalScale", "VerticalScale", "WebP_Flags", "AlphaPreprocessing",
        "AlphaFiltering", "AlphaCompression", "AnimationLoopCount", "BackgroundColor", "Duration", "AlphaIsUsed",
    },
    "GIF": {
        "GIFVersion", "ImageWidth", "ImageHeight", "HasColorMap", "ColorResolutionDepth", "BitsPerPixel",
        "BackgroundColor", "AnimationIterations", "FrameCount", "Duration", "TransparentColor", "PixelAspectRatio",
    },
    "Composite": {"ImageSize", "Megapixels"},
}  # fmt: skip
_ABOUT_THE_FILE = {"SourceFile", "ExifTool:ExifToolVersion"}


def findings(files: Iterable[Path]) -> list[str]:
    """Return tags beyond the format and layout of the pixels, as `file name: group:tag`."""
    names = "\n".join(str(file) for file in files)
    command = ["exiftool", "-json", "-a", "-G1", "-s", "-ee", "-@", "-"]
    told = subprocess.run(command, input=names, capture_output=True, text=True, check=False).stdout
    return [
        f"{Path(one['SourceFile']).name}: {tag}"
        for one in json.loads(told or "[]")
        for tag in one
        if _is_more(tag)
    ]


def _is_more(tag: str) -> bool:
    group, _, name = tag.partition(":")
    return tag not in _ABOUT_THE_FILE and group != "System" and name not in _STRUCTURE.get(group, ())
