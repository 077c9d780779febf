"""Accept tracked changes, and choose one form of content that a file holds in several forms."""

from collections import Counter
from typing import Any

from lxml import etree

from intake.documents.docx.names import MC, W16SE, A, M, V, W

_GONE = {f"{W}del": "deletion", f"{W}moveFrom": "moved"}
# Inside these, an empty `w:del` or `w:moveFrom` marks the paragraph, row or control itself as deleted or moved.
_PROPERTIES = frozenset({f"{W}rPr", f"{W}trPr", f"{M}ctrlPr", f"{W}numPr"})
_READABLE = (
    f"{W}t",
    f"{W}txbxContent",
    f"{W}sym",
    f"{W16SE}symEx",
    f"{A}blip",
    f"{V}imagedata",
    f"{M}t",
    f"{A}t",
)
_ALTERNATIVES = f"{MC}AlternateContent"


# Elements are renamed first and stripped together, because lxml takes quadratic time to remove them one by one.
_DROPPED, _UNWRAPPED = "dropped", "unwrapped"


def settle(root: Any, removed: Counter[str]) -> None:
    """Remove text that tracked changes deleted or moved away, and all but one of alternative contents."""
    _mark_alternatives(root)
    etree.strip_elements(root, _DROPPED, with_tail=False)
    etree.strip_tags(root, _UNWRAPPED)
    _mark_deleted(root, removed)
    etree.strip_elements(root, _DROPPED, with_tail=False)
    removed.update(+Counter(comment=sum(1 for _ in root.iter(f"{W}commentReference"))))


_WORDS = (
    f"{W}delText",
    f"{W}t",
    f"{W}sym",
    f"{A}blip",
    f"{M}t",
    f"{W}footnoteReference",
    f"{W}endnoteReference",
)


def is_deleted(properties: Any) -> bool:
    """Return whether the properties of a paragraph mark or row say that it is deleted or moved away."""
    return properties is not None and any(properties.find(tag) is not None for tag in _GONE)


def _mark_deleted(root: Any, removed: Counter[str]) -> None:
    for element in root.iter(*_GONE):
        parent = element.getparent()
        if parent is not None and parent.tag not in _PROPERTIES:
            if next(element.iter(*_WORDS), None) is not None:
                removed[_GONE[element.tag]] += 1
            element.tag = _DROPPED


def _mark_alternatives(root: Any) -> None:
    for element in root.iter(_ALTERNATIVES):
        _choose(element)


def _choose(element: Any) -> None:
    """Keep the first alternative in an `mc:AlternateContent` that has words or pictures, mark the others for removal."""
    if element.getparent() is None:
        return
    readable = (one for one in element if next(one.iter(*_READABLE), None) is not None)
    chosen = next(readable, next(iter(element), None))
    for branch in element:
        branch.tag = _UNWRAPPED if branch is chosen else _DROPPED
    element.tag = _UNWRAPPED
