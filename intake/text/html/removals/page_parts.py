"""Parts of a document that stand beside its text: headers and footers of pages, and document properties."""

import re
from collections import Counter
from typing import Any

from intake.text.html.removals import nodes

_ELEMENT = re.compile(r"mso-element:\s*(?:(?:first|even)-)?(?:header|footer)")
_ASPOSE = "-aw-headerfooter-type"
# Word's ids: header, footer, even and first pages.
_ID = re.compile(r"[ef]?[hf]\d{1,3}")
_TITLES = frozenset(
    f"{part}{page}"
    for part in ("header", "footer")
    for page in ("", " left", " right", " first", " first page")
)
# Header paragraphs below this number of characters are removed even if they are most of a short text.
_SHORT = 200
_CLASSES = frozenset({"MsoHeader", "MsoFooter"})
_PROPERTIES = frozenset(
    {
        "o:documentproperties", "o:customdocumentproperties", "o:officedocumentsettings", "w:worddocument", "o:author",
        "o:lastauthor", "o:manager", "o:company", "o:template", "o:title", "o:subject", "o:keywords", "o:description",
        "office:meta", "dc:creator", "cp:lastmodifiedby",
    }
)  # fmt: skip
_META = frozenset(
    {
        "author", "changedby", "company", "copyright", "creator", "dc.creator", "dcterms.creator", "dcterms.contributor",
        "lastauthor", "manager", "owner", "publisher", "reply-to",
    }
)  # fmt: skip
# Content controls that show a property of the document, as on Word's cover pages.
_CONTROL = re.compile(r"creator|lastmodifiedby|company|manager|publisher", re.IGNORECASE)


def remove(tree: Any) -> Counter[str]:
    """Remove headers, footers and document properties. Returns their numbers by kind."""
    found = Counter({"header-footer": nodes.drop_all(filter(is_page_part, list(nodes.elements(tree))))})
    found["header-footer"] += nodes.drop_all(_loose(tree))
    found["properties"] = _remove_properties(tree)
    return found


def is_page_part(element: Any) -> bool:
    """Return whether an element is the header or footer of a page."""
    if element.tag != "div":
        return False
    style = element.get("style") or ""
    if style and (_ELEMENT.search(style.lower()) or _ASPOSE in style.lower()):
        return True
    # LibreOffice has no other sign than the title.
    return element.get("title") in _TITLES or _is_words_own(element)


def _is_words_own(element: Any) -> bool:
    """Return whether an element is a header or footer of Word that lost its style, by its id and paragraph classes."""
    return bool(_ID.fullmatch(nodes.bare(element.get("id") or ""))) and all(
        not _CLASSES.isdisjoint(nodes.classes(child)) for child in element
    )


def _loose(tree: Any) -> list[Any]:
    """Paragraphs with the style of a header or footer that are not inside a header or footer element.

    If most of a text has this style, its author uses the style for the text itself.
    """
    found = [one for one in tree.iter("p") if not _CLASSES.isdisjoint(nodes.classes(one))]
    if not found:
        return []
    size = sum(len("".join(one.itertext())) for one in found)
    whole = nodes.size(tree)
    return found if 2 * size < whole or size < min(_SHORT, whole) else []


def _remove_properties(tree: Any) -> int:
    found = [
        element for element in nodes.elements(tree) if element.tag in _PROPERTIES or _is_control(element)
    ]
    named = any(
        (meta.get("name") or meta.get("http-equiv") or "").lower() in _META
        and nodes.has_words(meta.get("content"))
        for meta in tree.iter("meta")
    )
    # All properties of a document count as one removal.
    return min(nodes.drop_all(found), 1) or int(named)


def _is_control(element: Any) -> bool:
    return element.tag == "w:sdt" and bool(_CONTROL.search(element.get("xpath") or ""))
