"""Contents of forbidden blocks in words, by the first bytes of the block."""

EXIF = "an Exif block with the camera's data"
XMP = "an XMP block with captions or editing notes"
ICC = "a colour profile"
ORIGIN = "a record of how the picture was made (Content Credentials)"
OWN_DATA = "a program's own data"
TEXT = "a text, such as a comment, a name or editing notes"
COLOURS = "a colour setting"

_SEGMENTS = (
    (0xE0, b"JFIF", "a JFIF header with a print size, a small picture or further bytes"),
    (0xE0, b"JFXX", "a small hidden picture"),
    (0xE1, b"Exif", EXIF),
    (0xE1, b"http://ns.adobe.com/", XMP),
    (0xE2, b"ICC_PROFILE", ICC),
    (0xE2, b"MPF", "an index of further pictures in the file"),
    (0xEB, b"JP", ORIGIN),
    (0xED, b"Photoshop", "a Photoshop block with captions or editing notes"),
    (0xEE, b"Adobe", "a colour setting of Adobe's programs"),
    (0xFE, b"", "a comment"),
)
"""Marker, first bytes → contents of a segment."""
_CHUNKS = {
    **dict.fromkeys((b"eXIf", b"EXIF"), EXIF),
    b"XMP ": XMP,
    **dict.fromkeys((b"iCCP", b"ICCP"), ICC),
    **dict.fromkeys((b"caBX", b"C2PA"), ORIGIN),
    **dict.fromkeys((b"tEXt", b"zTXt", b"iTXt"), TEXT),
    **dict.fromkeys((b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"cICP", b"mDCV", b"cLLI"), COLOURS),
    b"tIME": "the date of the last change",
    b"pHYs": "a print size",
}
"""Name of a chunk of PNG or WebP → contents."""


def segment(marker: int, payload: bytes) -> str:
    """Contents of a JPEG segment that is not allowed."""
    for number, start, words in _SEGMENTS:
        if marker == number and payload.startswith(start):
            return words
    return OWN_DATA if 0xE0 <= marker <= 0xEF else "a block that our pictures never have"


def chunk(name: bytes, body: bytes = b"") -> str:
    """Contents of a PNG or WebP chunk that is not allowed."""
    if name == b"iTXt" and body.startswith(b"XML:com.adobe.xmp\0"):
        return XMP
    return _CHUNKS.get(name, OWN_DATA)


def extension(label: int, body: bytes) -> str:
    """Contents of a GIF extension that is not allowed. `body` begins with the length of its first sub-block."""
    if label == 0xFE:
        return "a comment"
    if label == 0x01:
        return TEXT
    for start, words in ((b"XMP DataXMP", XMP), (b"ICCRGBG1012", ICC), (b"C2PA_GIF", ORIGIN)):
        if body[1:].startswith(start):
            return words
    return OWN_DATA
