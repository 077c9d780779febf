"""Names of elements and attributes of WordprocessingML, and of what it embeds, in Clark notation."""

import re

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
W16SE = "{http://schemas.microsoft.com/office/word/2015/wordml/symex}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the usual prefix
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

# Strict Open XML (ISO/IEC 29500) has the same elements in other namespaces.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]+)/([A-Za-z]+)(?=[\"'/])")
_YEAR = b"http://schemas.openxmlformats.org/%s/2006/%s"

VAL = f"{W}val"
OFF = frozenset({"0", "false", "off", "none"})
"""Values that switch a property off."""


def transitional(data: bytes) -> bytes:
    """XML of a part, with the namespaces of Strict Open XML replaced by those of Transitional Open XML."""
    if b"purl.oclc.org/ooxml" not in data:
        return data
    return _STRICT.sub(lambda found: _YEAR % (found[1], found[2]), data)


def is_on(element: object) -> bool:
    """Return whether an on-off property (an element or None) is on."""
    get = getattr(element, "get", None)
    return get is not None and (get(VAL) or "true").lower() not in OFF
