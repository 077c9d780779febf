"""OpenDocument texts that the tests write by hand, part by part."""

from typing import Any

from tests.documents.word_files import zipped

OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{name}"'
    for prefix, name in {
        "office": f"{OASIS}:office:1.0",
        "text": f"{OASIS}:text:1.0",
        "style": f"{OASIS}:style:1.0",
        "table": f"{OASIS}:table:1.0",
        "draw": f"{OASIS}:drawing:1.0",
        "fo": f"{OASIS}:xsl-fo-compatible:1.0",
        "svg": f"{OASIS}:svg-compatible:1.0",
        "meta": f"{OASIS}:meta:1.0",
        "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
        "xlink": "http://www.w3.org/1999/xlink",
        "dc": "http://purl.org/dc/elements/1.1/",
        "math": "http://www.w3.org/1998/Math/MathML",
        "script": f"{OASIS}:script:1.0",
    }.items()
)
MIMETYPE = "application/vnd.oasis.opendocument.text"


def part(name: str, inner: str) -> str:
    """One part: an element of OpenDocument with all namespaces."""
    return f'<?xml version="1.0" encoding="UTF-8"?><office:{name} {NAMESPACES}>{inner}</office:{name}>'


def build(body: str, automatic: str = "", styles: str = "", /, **parts: Any) -> bytes:
    """An OpenDocument text. `automatic` and `styles` hold style elements, `parts` further parts by name."""
    content = (
        f"<office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body>"
    )
    files: dict[str, str | bytes] = {
        "mimetype": MIMETYPE,
        "content.xml": part("document-content", content),
        "styles.xml": part("document-styles", styles),
    }
    return zipped(files | parts)


def style(name: str, inner: str, *, family: str = "text", parent: str = "") -> str:
    """A style with the inner XML of its properties."""
    base = f' style:parent-style-name="{parent}"' if parent else ""
    return f'<style:style style:name="{name}" style:family="{family}"{base}>{inner}</style:style>'
