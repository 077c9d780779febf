"""Encodings of the bytes in an RTF file, by code page and by the character set of a font (RTF 1.9.1, font table)."""

import codecs

DEFAULT = "cp1252"
# Value of \fcharset → Python codec. 0 (ANSI) and 1 (default) follow \ansicpg.
_CHARSETS = {
    77: "mac-roman", 78: "shift_jis", 79: "euc-kr", 80: "gb2312", 81: "big5", 84: "mac-arabic", 85: "mac-greek",
    86: "mac-turkish", 88: "mac-latin2", 89: "mac-cyrillic", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk",
    136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257",
    204: "cp1251", 222: "cp874", 238: "cp1250", 254: "cp437", 255: "cp850",
}  # fmt: skip
# Code pages whose codec has another name than "cp" and the number.
_PAGES = {
    708: "iso8859-6", 819: "iso8859-1", 1361: "johab", 10000: "mac-roman", 10001: "shift_jis", 10002: "big5",
    10003: "euc-kr", 10004: "mac-arabic", 10006: "mac-greek", 10007: "mac-cyrillic", 10008: "gb2312",
    10029: "mac-latin2", 10081: "mac-turkish", 20866: "koi8-r", 21866: "koi8-u", 54936: "gb18030",
    65001: "utf-8", 936: "gbk",
}  # fmt: skip
_CP = (
    437, 720, 737, 775, 850, 852, 855, 857, 858, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 949, 950,
    1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258,
)  # fmt: skip
_PAGES |= {number: f"cp{number}" for number in _CP}
HEADERS = {"ansi": DEFAULT, "mac": "mac-roman", "pc": "cp437", "pca": "cp850"}
"""Control word in the header → encoding."""


def of_page(number: int) -> str | None:
    """Codec of a code page. None if it is unknown."""
    return _PAGES.get(number)


def of_charset(number: int) -> str | None:
    """Codec of a font's character set. None if the font uses the encoding of the document."""
    return _CHARSETS.get(number)


def prepare() -> None:
    """Load all codecs, which Python reads from files on first use."""
    for name in {*_CHARSETS.values(), *_PAGES.values()}:
        codecs.lookup(name)
        b"\xe3\x81\x82 a".decode(name, "replace")
