"""Parse the XML of a part within limits: no DOCTYPE, no entities, bounded size, depth and number of elements."""

import codecs
import re
from typing import Any

from lxml import etree

from intake.documents.refusal import DocumentRefused

MAX_BYTES = 16 * 1024 * 1024
"""Maximum size of a part. 60,000 words, each in a run of its own with fonts and language, take 12 MB."""
MAX_TAGS = 600_000
"""Maximum number of tags. A run for each word takes nine."""
MAX_ATTRIBUTES = 1_000_000
MAX_DEPTH = 128
"""Maximum nesting of elements. Six tables inside one another take about 30."""

_DECLARATION = re.compile(r"<\?xml[^>]{0,200}\?>")
_FORBIDDEN = (b"<!DOCTYPE", b"<!ENTITY")


def parse(data: bytes) -> Any:
    """Root element of a part. Comments and processing instructions are left out. Raises DocumentRefused and MemoryError."""
    data = _utf8(data)
    if len(data) > MAX_BYTES:
        raise DocumentRefused("too_big", "size of a part")
    if any(word in data for word in _FORBIDDEN):
        raise DocumentRefused("damaged", "DOCTYPE")
    # Counted before the tree is built, because an element takes ten times as much memory as bytes in the file.
    if data.count(b"<") > MAX_TAGS or data.count(b"=") > MAX_ATTRIBUTES:
        raise DocumentRefused("too_big", "elements of a part")
    try:
        root = etree.fromstring(data, _parser())
    except etree.XMLSyntaxError as error:
        if getattr(error, "code", 0) == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from None
        raise DocumentRefused("damaged", "XML") from None
    except (etree.LxmlError, ValueError, LookupError, AssertionError):
        raise DocumentRefused("damaged", "XML") from None
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise DocumentRefused("damaged", "XML")
    if _is_deep(root):
        raise DocumentRefused("damaged", "nesting")
    return root


def _parser() -> Any:
    # The encoding is fixed. Otherwise the part could name one whose table has to be opened as a file.
    return etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )


def _utf8(data: bytes) -> bytes:
    """The part in UTF-8. The standards allow UTF-16, too."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        if len(data) > MAX_BYTES:
            raise DocumentRefused("too_big", "size of a part")
        return _DECLARATION.sub("", data.decode("utf-16", "replace"), count=1).encode("utf-8", "replace")
    return data.removeprefix(codecs.BOM_UTF8)


def _is_deep(root: Any) -> bool:
    depth = 0
    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > MAX_DEPTH:
            return True
    return False
