"""Reason to refuse a file that is none of the accepted formats, by its content. File names are ignored.

`by_signature` is pure Python and safe anywhere.
"""

import re

from intake.photos import markup

HEAD_BYTES = 1024
"""First bytes of a file that `by_signature` reads."""

_SIGNATURES = {
    "raw_photo": (b"II\x1a\0\0\0HEAPCCDR",),
    "video": (b"\x1a\x45\xdf\xa3", b"FLV\1", b"\0\0\1\xba", b"\0\0\1\xb3", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b".RMF"),
    "audio": (
        b"ID3", b"fLaC", b"#!AMR", b"caff", b"MThd", b".snd", b"wvpk", b"#!SILK", b"\2#!SILK",
        b"\xff\xfb", b"\xff\xfa", b"\xff\xf3", b"\xff\xf2", b"\xff\xe3", b"\xff\xf1", b"\xff\xf9",
    ),
    "document": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"AT&TFORM"),
    "drawing": (
        b"8BPS", b"gimp xcf", b"%!PS", b"\xc5\xd0\xd3\xc6", b"\xd7\xcd\xc6\x9a", b"AC10", b"\0\xffKA",
    ),
    "archive": (
        b"\x1f\x8b", b"BZh", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\7", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"LZIP", b"MSCF",
        b"xar!", b"!<arch>\n", b"PK\5\6", b"PK\7\b",
    ),
    "type_not_accepted": (
        b"\0\0\0\x0cJXL ", b"\xff\x0a", b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51", b"\0\0\1\0", b"\0\0\2\0", b"II+\0", b"MM\0+",
        b"v/1\1", b"qoif", b"DDS ", b"#?RADIANCE", b"#?RGBE", b"icns", b"BPG\xfb", b"\x8aMNG", b"\x8bJNG", b"SIMPLE  =",
    ),
}  # fmt: skip
"""Reason → first bytes of such files."""

_BRANDS = {
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P ", b"F4A "), "audio"),
    **dict.fromkeys(
        (b"avci", b"avcs", b"j2ki", b"j2is", b"jpeg", b"jpgs", b"vvic", b"vvis"), "type_not_accepted"
    ),
}
"""Major brand of a file in boxes (ISO/IEC 14496-12) → reason. Files of other brands are videos."""
_QUICKTIME = {b"ftyp", b"moov", b"mdat", b"wide", b"pnot"}
_RIFF = {
    b"AVI ": "video",
    b"WAVE": "audio",
    b"RMID": "audio",
    b"CDR": "drawing",
    b"ACON": "type_not_accepted",
}
_FORM = {b"AIFF": "audio", b"AIFC": "audio", b"8SVX": "audio", b"ILBM": "type_not_accepted"}
_OGG_VIDEO = (b"theora", b"\1video", b"BBCD")
_NETPBM = re.compile(rb"P[1-7fF][ \t\r\n#]")

_DOCUMENT_PARTS = (
    b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/", b"Index/", b"Index.zip", b"META-INF/container.xml",
)  # fmt: skip
"""Names of first entries in the ZIP files of Word, Excel, PowerPoint, Pages and e-books."""
_DRAWING_TYPES = (
    b"application/vnd.oasis.opendocument.graphics",
    b"application/x-krita",
    b"image/openraster",
)

_PREFIXES = (("video/", "video"), ("audio/", "audio"), ("text/", "document"))
_TYPES = {
    "raw_photo": re.compile(
        r"image/x-(?:adobe|canon|dcraw|epson|fuji|hasselblad|kodak|minolta|nikon|olympus|panasonic|pentax|phaseone|raw"
        r"|samsung|sigma|sony|x3f)"
    ),
    "video": re.compile(
        r"application/(?:mxf|vnd\.rn-realmedia|x-matroska|x-shockwave-flash|vnd\.ms-asf|x-mplayer2)"
    ),
    "audio": re.compile(r"application/(?:x-midi|ogg)"),
    "drawing": re.compile(
        r"image/(?:svg|vnd\.adobe|x-xcf|x-eps|vnd\.dxf|vnd\.dwg|wmf|emf|x-wmf|x-emf|x-cdr|x-coreldraw|x-photoshop)"
        r"|application/(?:postscript|illustrator|vnd\.corel|x-coreldraw|x-krita|vnd\.oasis\.opendocument\.graphics)"
    ),
    "document": re.compile(
        r"image/vnd\.djvu|application/(?:pdf|x-pdf|rtf|msword|json|xml|xhtml|javascript|epub|CDF|x-ole-storage|x-mobi|x-dvi"
        r"|vnd\.(?:ms-|openxmlformats|oasis|apple|wordperfect|hp-|visio|amazon|sun|stardivision|lotus)|x-hwp|x-abiword)"
        r"|message/"
    ),
    "archive": re.compile(
        r"application/(?:zip|gzip|zstd|java-archive|x-(?:rar|7z|gzip|tar|bzip|xz|lz|zstd|lha|cpio|iso9660|archive|debian|rpm"
        r"|apple-diskimage|compress|java)|vnd\.(?:rar|android|debian))"
    ),
    "type_not_accepted": re.compile(r"image/|application/dicom"),
}  # fmt: skip
"""Reason → beginnings of libmagic's media types, tried in this order."""


def reason(head: bytes, media_type: str) -> str:
    """Reason to refuse a file, by its first bytes and libmagic's media type: a key of `refusal.REASONS`."""
    return _by_signature(head[:HEAD_BYTES]) or _by_type(media_type) or "not_a_photo"


def by_signature(head: bytes) -> str:
    """Reason to refuse a file by its first HEAD_BYTES bytes: a key of `refusal.REASONS`."""
    return _by_signature(head[:HEAD_BYTES]) or "not_a_photo"


def _by_signature(head: bytes) -> str | None:
    for code, starts in _SIGNATURES.items():
        if head.startswith(starts):
            return code
    if head[4:8] in _QUICKTIME:
        return _BRANDS.get(head[8:12], "video") if head[4:8] == b"ftyp" else "video"
    if head.startswith(b"PK\3\4"):
        return _packed(head)
    return _in_chunks(head) or _elsewhere(head) or _in_words(head)


def _in_chunks(head: bytes) -> str | None:
    """Reason by the subtype in the header of a RIFF, IFF or Ogg file."""
    if head[:4] in {b"RIFF", b"RIFX", b"RF64"}:
        return _RIFF.get(head[8:12]) or _RIFF.get(head[8:11])
    if head[:4] == b"FORM":
        return _FORM.get(head[8:12])
    if head[:4] == b"OggS":
        return "video" if any(codec in head[:256] for codec in _OGG_VIDEO) else "audio"
    return None


def _elsewhere(head: bytes) -> str | None:
    """Reason by signatures that are not at the start of the file."""
    # Other bytes may stand before the header of a PDF (ISO 32000-1, annex H.3.4.1).
    if b"%PDF-" in head:
        return "document"
    # A transport stream repeats its first byte after each packet of 188 or 192 bytes.
    if (
        head[:1] == head[188:189] == head[376:377] == b"G"
        or head[4:5] == head[196:197] == head[388:389] == b"G"
    ):
        return "video"
    if head[257:262] == b"ustar" or (head[2:4] == b"-l" and head[6:7] == b"-"):
        return "archive"
    if head[40:44] == b" EMF":
        return "drawing"
    # A BMP file begins with "BM", its size in four bytes, and four reserved bytes that are zero.
    if (head[:2] == b"BM" and head[6:10] == bytes(4)) or _NETPBM.match(head):
        return "type_not_accepted"
    return None


def _packed(head: bytes) -> str:
    """Reason for a ZIP file, by the name and content of its first entry."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    content = head[30 + len(name) + int.from_bytes(head[28:30], "little") :]
    if name == b"mimetype":
        return "drawing" if content.startswith(_DRAWING_TYPES) else "document"
    return "document" if name.startswith(_DOCUMENT_PARTS) else "archive"


def _in_words(head: bytes) -> str | None:
    words = markup.text(head)
    if words is None:
        return None
    return "drawing" if markup.root(words) == "svg" else "document"


def _by_type(media_type: str) -> str | None:
    # libmagic reports even short binary data as plain text. Longer text was recognized before.
    if media_type == "text/plain":
        return None
    for start, code in _PREFIXES:
        if media_type.startswith(start):
            return code
    return next((code for code, pattern in _TYPES.items() if pattern.match(media_type)), None)
