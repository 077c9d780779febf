"""Count the parts of a Word file that are never read, so that the contributor can be told."""

from collections import Counter

from intake.documents.docx.names import W
from intake.documents.docx.parts import Relationships, WordParts
from intake.documents.refusal import DocumentRefused

_KINDS = {
    "header": "header-footer", "footer": "header-footer", "oleObject": "embedded", "package": "embedded",
    "control": "embedded", "aFChunk": "embedded", "chart": "drawing", "chartEx": "drawing", "diagramData": "drawing",
    "customXml": "custom-data", "custom-properties": "custom-data", "glossaryDocument": "custom-data",
    "thumbnail": "thumbnail", "people": "properties", "attachedTemplate": "template",
}  # fmt: skip
"""Kind of relationship → kind of removal."""
_EXTERNAL = frozenset({"image", "subDocument", "frame", "oleObject", "video", "audio", "mailMergeSource"})
_PROPERTIES = frozenset({"core-properties", "extended-properties"})
_NAMES = ("creator", "lastModifiedBy", "Company", "Manager")


def count(parts: WordParts) -> Counter[str]:
    """Number of unread parts, external links and personal properties, by kind of removal."""
    found: Counter[str] = Counter()
    package = parts.relationships_of("")
    settings = next((one.target for one in parts.relationships.values() if one.kind == "settings"), "")
    for relationships in (package, parts.relationships, parts.relationships_of(settings) if settings else {}):
        found += _related(relationships)
    found["macro"] = sum(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in parts.names())
    found["properties"] += _names(parts, package)
    return +found


def has_comments(parts: WordParts) -> bool:
    """Return whether the file has a part with comments."""
    return any(one.kind.startswith("comments") for one in parts.relationships.values())


def shows_background(parts: WordParts) -> bool:
    """Return whether Word shows the background colour of the page."""
    root, _ = parts.companion("settings")
    return root is not None and root.find(f"{W}displayBackgroundShape") is not None


def _related(relationships: Relationships) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in relationships.values():
        if one.is_external and one.kind in _EXTERNAL:
            found["external-link"] += 1
        elif one.kind in _KINDS:
            found[_KINDS[one.kind]] += 1
    return found


def _names(parts: WordParts, package: Relationships) -> int:
    """Number of properties that name a person or a company. Their values are not used."""
    found = 0
    # A valid file has one part of each kind, so only the last one is read.
    targets = {
        one.kind: one.target for one in package.values() if one.kind in _PROPERTIES and not one.is_external
    }
    for target in targets.values():
        try:
            root = parts.root(target)
        except DocumentRefused:
            # Properties are not part of the text, so a damaged part does not make us refuse the file.
            found += 1
            continue
        elements = () if root is None else root.iter()
        found += sum(
            element.tag.rpartition("}")[2] in _NAMES and bool((element.text or "").strip())
            for element in elements
        )
    return found
