"""Parts of an OpenDocument text that are read: the type, content and styles. Others are only counted."""

from collections import Counter
from typing import Any

from intake.documents import tree
from intake.documents.odt.names import DC, MANIFEST, META, STYLE, TEXT
from intake.documents.package import Package
from intake.documents.refusal import DocumentRefused

_TYPES = ("application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.text-template")
_NAMES = (f"{META}initial-creator", f"{DC}creator", f"{META}printed-by", f"{META}user-defined")
_HEADERS = (
    f"{STYLE}header", f"{STYLE}footer", f"{STYLE}header-left", f"{STYLE}footer-left", f"{STYLE}header-first",
    f"{STYLE}footer-first",
)  # fmt: skip


def check(package: Package) -> None:
    """Raise DocumentRefused if the file is another kind of OpenDocument, or locked with a password."""
    kind = (package.read("mimetype") or b"").decode("ascii", "replace").strip()
    if kind.startswith("application/vnd.oasis.opendocument.") and kind not in _TYPES:
        raise DocumentRefused("sheet", "mimetype")
    if kind not in _TYPES or not package.has("content.xml"):
        if package.has("encrypted-package"):
            raise DocumentRefused("encrypted", "package")
        raise DocumentRefused("unknown", "mimetype")
    manifest = package.read("META-INF/manifest.xml")
    if manifest and next(tree.parse(manifest).iter(f"{MANIFEST}encryption-data"), None) is not None:
        raise DocumentRefused("encrypted", "manifest")


def root(package: Package, name: str) -> Any:
    """Root element of a part, or None if it is missing."""
    data = package.read(name)
    return None if data is None else tree.parse(data)


def count(package: Package, styles: Any) -> Counter[str]:
    """Number of things in the file that are never read, by kind of removal."""
    found = Counter(_of_names(package.names()))
    if styles is not None:
        found["header-footer"] = sum(
            1 for one in styles.iter(*_HEADERS) if next(one.iter(f"{TEXT}p"), None) is not None
        )
    return +(found + _of_properties(package))


def _of_names(names: list[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for name in names:
        top = name.split("/", 1)[0]
        if top in ("Basic", "Scripts") and not name.endswith("/"):
            found["macro"] = 1
        elif top == "Thumbnails" and not name.endswith("/"):
            found["thumbnail"] = 1
    return found


def _of_properties(package: Package) -> Counter[str]:
    """Number of properties that name a person or a template. Their values are not used."""
    found: Counter[str] = Counter()
    try:
        meta = root(package, "meta.xml")
    except DocumentRefused:
        # Properties are not part of the text, so a damaged part does not make us refuse the file.
        return Counter(properties=1)
    if meta is not None:
        found["properties"] = sum(1 for one in meta.iter(*_NAMES) if (one.text or "").strip())
        found["template"] = sum(1 for _ in meta.iter(f"{META}template"))
    return found
