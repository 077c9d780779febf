"""Tracked changes: deleted passages are removed, and inserted passages become plain words.

Word, Word for the web, LibreOffice, pandoc, CKEditor, TinyMCE, Froala, Fidus Writer, SuperDoc and editors on
ProseMirror or Quill mark changes. They use `del` and `ins` with an author or a time, classes, attributes, or
pairs of empty elements around the passage.
`<s>`, `<strike>` and `<del>` without such marks are words that the author shows as struck out. They stay.
"""

import re
from collections.abc import Iterator
from typing import Any

from intake.text.html.removals import nodes

_STRUCK = frozenset({"del", "s", "strike"})
_DELETED_TAGS = frozenset({"delete", "deletion", "w:del", "w:movefrom", "w:deltext", "text:deletion"})
_INSERTED_TAGS = frozenset({"insert", "insertion", "w:ins", "w:moveto"})
_TRACKING = frozenset(
    {
        "track", "tracked", "tracking", "trackchange", "suggestion", "suggestions", "suggested", "suggest",
        "suggesting", "suggestededits", "revision", "revisions", "redline", "ice", "cts", "change", "changed", "changes",
    }
)  # fmt: skip
_DELETED = frozenset(
    {
        "del",
        "delete",
        "deleted",
        "deletes",
        "deletion",
        "deletions",
        "removed",
        "remove",
        "removal",
        "movefrom",
    }
)
_INSERTED = frozenset(
    {"ins", "insert", "inserted", "insertion", "insertions", "add", "added", "addition", "moveto"}
)
_MOVED_FROM = {"move", "from"}
_MOVED_TO = {"move", "to"}
_WORD_DELETED = {"mso", "del"}
_WORD_INSERTED = {"mso", "ins"}
# Words in the names of attributes that say who changed a passage, or when.
_BY_WHOM = frozenset(
    {
        "author", "user", "userid", "username", "uid", "nickname", "editor", "reviewer", "creator", "member", "cite",
        "time", "timestamp", "date", "datetime", "cid", "op", "modified", "lastmodified",
    }
)  # fmt: skip
# A title such as "Aigul, 2026-01-02 10:00".
_DATED = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}|\d{1,2}:\d\d")
# Attributes such as `data-track-label` belong to web analytics, not to tracked changes.
_ANALYTICS = frozenset({"action", "label", "category", "event", "click", "link", "page", "module"})
_MOST_WORDS = 3
_OFF = frozenset({"", "false", "0", "none", "null", "no"})
_UNDERLINE = re.compile(r"text-decoration[a-z-]{0,20}\s{0,9}:[^;]*+;?", re.IGNORECASE)
_START, _END = "suggestion-start", "suggestion-end"
_PLACES = ("start-before", "end-before", "start-after", "end-after")


def remove(tree: Any) -> int:
    """Remove deleted passages from a tree. Returns their number."""
    deleted: list[Any] = []
    inserted: list[Any] = []
    ranges = False
    for element in nodes.elements(tree):
        ranges = ranges or element.tag == _START or _has_range(element)
        if is_deleted(element):
            deleted.append(element)
        elif is_inserted(element):
            inserted.append(element)
    for element in inserted:
        _make_plain(element)
    return (_remove_ranges(tree) if ranges else 0) + nodes.drop_all(deleted, joined=True)


def is_deleted(element: Any) -> bool:
    """Return whether an element is a passage that tracked changes delete, or move to another place."""
    tag = element.tag
    if tag in _DELETED_TAGS:
        return True
    if not element.attrib:
        return False
    named = nodes.names(element.get("class"))
    if _is_change(named, _DELETED, _MOVED_FROM) or named >= _WORD_DELETED:
        return True
    if tag in _STRUCK and _is_tracked(element, named):
        return True
    return _is_signed(element, named, _DELETED) or _by_attribute(element, _DELETED, _MOVED_FROM)


def is_inserted(element: Any) -> bool:
    """Return whether an element is a passage that tracked changes insert."""
    tag = element.tag
    if tag in _INSERTED_TAGS:
        return True
    if not element.attrib:
        return False
    named = nodes.names(element.get("class"))
    if _is_change(named, _INSERTED, _MOVED_TO) or named >= _WORD_INSERTED:
        return True
    if tag in ("ins", "u") and _is_tracked(element, named):
        return True
    return _is_signed(element, named, _INSERTED) or _by_attribute(element, _INSERTED, _MOVED_TO)


def _is_change(named: frozenset[str], kinds: frozenset[str], moved: set[str]) -> bool:
    if named.isdisjoint(_TRACKING):
        return False
    return not named.isdisjoint(kinds) or moved <= named


def _is_tracked(element: Any, named: frozenset[str]) -> bool:
    """Return whether a `del` or `ins` names the author or time of a change, or has an attribute of tracked changes."""
    return not named.isdisjoint(_TRACKING) or _is_signed_by(element) or _is_numbered(element)


def _is_numbered(element: Any) -> bool:
    # Suggestions of ProseMirror have a `data-id`, but no author or time.
    return element.tag in ("del", "ins") and element.get("data-id") is not None


def _is_signed_by(element: Any) -> bool:
    for name, value in element.attrib.items():
        words = nodes.names(name)
        if not words.isdisjoint(_BY_WHOM) or not words.isdisjoint(_TRACKING):
            return True
        if name == "title" and _DATED.search(value[:200]):
            return True
    return False


def _is_signed(element: Any, named: frozenset[str], kinds: frozenset[str]) -> bool:
    """Return whether an element has a class such as `deletion` and an author or a time, as in pandoc's HTML."""
    return not named.isdisjoint(kinds) and _is_signed_by(element)


def _by_attribute(element: Any, kinds: frozenset[str], moved: set[str]) -> bool:
    """Return whether an attribute such as `data-track-change="delete"` names the change."""
    for name, value in element.attrib.items():
        if not name.startswith("data-") or _place(name):
            continue
        words, said = nodes.names(name), value.strip()
        if words.isdisjoint(_TRACKING) or not words.isdisjoint(_ANALYTICS) or said.lower() in _OFF:
            continue
        told = nodes.names(said) if said[:1] in "{[" or said.count(" ") < _MOST_WORDS else frozenset()
        if _is_change(words | told, kinds, moved):
            return True
    return False


def _make_plain(element: Any) -> None:
    if element.tag == "u":
        element.tag = "span"
    # Word puts an `ins` without attributes inside its own element for the insertion.
    for inner in [*element.iter("ins")]:
        inner.tag = "span"
    if style := element.get("style"):
        nodes.set_style(element, _UNDERLINE.sub("", style))


def _has_range(element: Any) -> bool:
    return any(map(_place, element.attrib))


def _place(attribute: str) -> str:
    """Place that an attribute of CKEditor marks on a block, such as `start-before`. Empty for other attributes."""
    place = attribute.removeprefix("data-suggestion-")
    return place if place in _PLACES else ""


def _marks(event: str, element: Any) -> Iterator[tuple[str, str]]:
    """CKEditor's deletion marks at an element, as pairs of `start` or `end` and the name of the deletion."""
    if event == "start" and element.tag in (_START, _END):
        yield from _named(element.tag.removeprefix("suggestion-"), element.get("name"))
    side = {"start": "before", "end": "after"}.get(event, "-")
    for name, value in element.attrib.items():
        if (place := _place(name)) and place.endswith(side):
            yield from _named(place.partition("-")[0], value)


def _named(kind: str, value: str | None) -> Iterator[tuple[str, str]]:
    for name in (value or "").split(","):
        if "deletion" in name.split(":"):
            yield kind, name.strip()


def _remove_ranges(tree: Any) -> int:
    """Remove the text between the marks of each deletion. A mark without its partner deletes nothing."""
    pairs = _Pairs()
    nodes.cut(tree, pairs.pair)
    pairs.restart()
    nodes.cut(tree, pairs.is_cut)
    return len(pairs.removed)


class _Pairs:
    """Marks of deletions: a first walk pairs them by name, a second one cuts the text between each pair."""

    def __init__(self) -> None:
        self.removed: set[int] = set()
        self._seen = 0
        self._open: dict[str, int] = {}
        # Numbers of the start marks that have an end mark.
        self._paired: set[int] = set()

    def restart(self) -> None:
        """Begin the second walk."""
        self._seen = 0
        self._open.clear()

    def pair(self, event: str, element: Any) -> bool:
        """First walk: find the end of each start."""
        for kind, name in _marks(event, element):
            if kind == "start":
                self._seen += 1
                self._open.setdefault(name, self._seen)
            elif number := self._open.pop(name, 0):
                self._paired.add(number)
        return False

    def is_cut(self, event: str, element: Any) -> bool:
        """Second walk: return whether a text stands between the marks of a pair."""
        for kind, name in _marks(event, element):
            if kind == "end":
                self._open.pop(name, None)
                continue
            self._seen += 1
            if self._seen in self._paired:
                self._open[name] = self._seen
        if event in nodes.SLOTS and self._open and nodes.has_words(getattr(element, event)):
            self.removed.update(self._open.values())
        return bool(self._open)
