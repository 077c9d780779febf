"""Parts of a Word file: the main part and its companions, found through relationships."""

import posixpath
from collections.abc import Iterator
from typing import Any, NamedTuple

from intake.documents import tree
from intake.documents.docx import names
from intake.documents.package import Package
from intake.documents.refusal import DocumentRefused

_MAIN = ("wordprocessingml.document", "wordprocessingml.template", "ms-word.document", "ms-word.template")
_OTHER_OFFICE = ("spreadsheetml", "presentationml", "ms-excel", "ms-powerpoint", "visio")


class Relationship(NamedTuple):
    """A relationship of a part. `kind` is the last word of its type, such as `image`.

    `target` is the name of a part, or an address if `is_external`.
    """

    kind: str
    target: str
    is_external: bool


Relationships = dict[str, Relationship]


class WordParts:
    """The parts of one Word file. Raises DocumentRefused if the file is no Word document."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self.main = self._main_part()
        self.relationships = self.relationships_of(self.main)

    def names(self) -> list[str]:
        """Names of all parts in the zip file."""
        return self._package.names()

    def root(self, name: str) -> Any:
        """Root element of a part, or None if it is missing."""
        data = self._package.read(name)
        return None if data is None else tree.parse(names.transitional(data))

    def companion(self, kind: str) -> tuple[Any, Relationships]:
        """Root element and relationships of the main part's companion, such as `styles`. The root may be None."""
        for one in self.relationships.values():
            if one.kind == kind and not one.is_external:
                return self.root(one.target), self.relationships_of(one.target)
        return None, {}

    def data(self, name: str) -> bytes | None:
        """Bytes of a part, or None if it is missing."""
        return self._package.read(name)

    def relationships_of(self, name: str) -> Relationships:
        """Relationships of a part by id."""
        folder, file = posixpath.split(name)
        root = self.root(posixpath.join(folder, "_rels", f"{file}.rels"))
        return {} if root is None else dict(_relationships(root, folder))

    def _main_part(self) -> str:
        types = self._package.read("[Content_Types].xml")
        if types is None:
            raise DocumentRefused("unknown", "no content types")
        root = tree.parse(types)
        overrides = {
            (one.get("PartName") or "").lstrip("/"): one.get("ContentType") or ""
            for one in root.iter(f"{names.CONTENT_TYPES}Override")
        }
        for one in self.relationships_of("").values():
            if one.kind == "officeDocument" and self._package.has(one.target):
                return self._checked(one.target, overrides.get(one.target, ""))
        for name, kind in overrides.items():
            if any(word in kind for word in _MAIN) and kind.endswith("main+xml") and self._package.has(name):
                return name
        return self._checked("word/document.xml", "")

    def _checked(self, name: str, kind: str) -> str:
        if any(word in kind for word in _OTHER_OFFICE):
            raise DocumentRefused("sheet", "main part")
        if not self._package.has(name):
            raise DocumentRefused("unknown", "no main part")
        return name


def _relationships(root: Any, folder: str) -> Iterator[tuple[str, Relationship]]:
    for one in root.iter(f"{names.RELATIONSHIPS}Relationship"):
        target, is_external = one.get("Target") or "", one.get("TargetMode") == "External"
        if not is_external:
            # Names are only looked up in the zip file, so a target outside of it finds nothing.
            target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
        yield (
            one.get("Id") or "",
            Relationship((one.get("Type") or "").rpartition("/")[2], target, is_external),
        )
