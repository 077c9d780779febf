"""Blocks: the form of a text between the parsed tree and the written HTML.

A box contains blocks, a leaf contains runs, and a run is text of one formatting. Blocks are written with a
nesting that every parser reads alike.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from intake.text.addresses import mentions
from intake.text.plain import quote
from intake.text.unicode import direction, invisible
from intake.text.unicode.spaces import Layout

# Inline formatting tags, outermost first. A run has a set of these tags, so bold within bold is written
# once. The order of tags is fixed.
MARKS = ("strong", "em", "u", "s", "code", "sub", "sup")
BREAK = "\u2028"
LISTS = ("ul", "ol")
CELLS = ("td", "th")
_SEEN_ON_SPACES = frozenset({"u", "s"})
_PAIR = 2
_NEAR = 4
"""Maximum distance, in runs, at which the words before and after a space are looked for."""
_AT_BREAKS = re.compile(f"({BREAK}+)")
_FOLDED = ("li", "td", "th")
_EDGES = f" \t\n\xa0{BREAK}"


@dataclass(slots=True)
class Run:
    """Text with one formatting (`marks`: tags of MARKS) and one link target. U+2028 is a line break."""

    text: str
    marks: frozenset[str]
    href: str | None

    @property
    def tags(self) -> tuple[str, ...]:
        """Tags around the text, outermost first."""
        return _tags(self.marks, self.href) if self.marks or self.href else ()


def _name(href: str) -> str:
    """HTML `id` attribute of a link that is a footnote mark (target of the link back), or an empty string."""
    return f' id="ref-{href.removeprefix("#note-")}"' if href.startswith("#note-") else ""


@lru_cache(maxsize=1024)
def _tags(marks: frozenset[str], href: str | None) -> tuple[str, ...]:
    link = (f'a href="{escape(href)}"{_name(href)}',) if href else ()
    return link + tuple(mark for mark in MARKS if mark in marks)


@dataclass(slots=True)
class Leaf:
    """A paragraph, a heading or preformatted text. `direction` is its explicit direction, if it has one."""

    tag: str
    runs: list[Run] = field(default_factory=list)
    direction: str = ""

    def normalize(self, removed: Counter[str]) -> None:
        """Clean invisible characters and addresses across runs, join runs with equal formatting, and trim the edges."""
        layout = Layout.KEPT if self.tag == "pre" else Layout.FLOW
        self._unmark_spaces()
        self._join()
        whole = "".join([run.text for run in self.runs])
        if not invisible.is_simple(whole, layout) or mentions.may_hold_address(whole):
            self._clean(removed, layout)
        self._trim()

    def _clean(self, removed: Counter[str], layout: Layout) -> None:
        for _ in range(3):
            texts = invisible.clean_runs([run.text for run in self.runs], removed, layout)
            cleaned = mentions.clean_runs(texts, [run.href for run in self.runs], removed)
            for run, text in zip(self.runs, cleaned, strict=True):
                run.text = text
            self._unmark_spaces()
            if not self._join() and cleaned == texts:
                break

    @property
    def is_blank(self) -> bool:
        """Return whether the leaf has no visible text."""
        return not self.runs

    def first_strong(self) -> str:
        """Direction of the first strong letter, or an empty string."""
        return next(filter(None, (direction.first_strong(run.text) for run in self.runs)), "")

    def element(self) -> str:
        """The block with its content as HTML."""
        attribute = f' dir="{self.direction}"' if self.direction else ""
        return f"<{self.tag}{attribute}>{self.html()}</{self.tag}>"

    def html(self) -> str:
        """Inline content as HTML."""
        parts: list[str] = []
        opened: tuple[str, ...] = ()
        for run in self.runs:
            wanted = run.tags
            if wanted != opened:
                parts.append(_turn(opened, wanted))
                opened = wanted
            parts.append(quote(run.text).replace(BREAK, "<br>"))
        return "".join(parts) + (_turn(opened, ()) if opened else "")

    def _unmark_spaces(self) -> None:
        """Remove invisible formatting from spaces, unless the words on both sides have it."""
        self._part_breaks()
        if len(self.runs) < _PAIR:
            return
        blank = [
            number for number, run in enumerate(self.runs) if (run.marks or run.href) and run.text.isspace()
        ]
        for number in blank:
            run = self.runs[number]
            before = next(
                (one for one in reversed(self.runs[max(number - _NEAR, 0) : number]) if one.text.strip()),
                None,
            )
            after = next(
                (one for one in self.runs[number + 1 : number + 1 + _NEAR] if one.text.strip()), None
            )
            shared = before.marks & after.marks if before and after else frozenset()
            run.marks = (run.marks & shared) | (run.marks & _SEEN_ON_SPACES)
            if not (before and after and before.href == after.href == run.href):
                run.href = None

    def _part_breaks(self) -> None:
        """Split line breaks from the words of formatted runs, because HTML writes a line break as an element."""
        if not any(BREAK in run.text and (run.marks or run.href) for run in self.runs):
            return
        parted: list[Run] = []
        for run in self.runs:
            if run.marks or run.href:
                texts = _AT_BREAKS.split(run.text)
                parted += [Run(text, run.marks, run.href) for text in texts if text]
            else:
                parted.append(run)
        self.runs = parted

    def _join(self) -> bool:
        """Join neighbouring runs with equal formatting, and drop empty runs.

        Returns whether anything changed.
        """
        if len(self.runs) == 1 and self.runs[0].text:
            return False
        joined: list[Run] = []
        groups: list[list[str]] = []
        for run in self.runs:
            if not run.text:
                continue
            if joined and joined[-1].marks == run.marks and joined[-1].href == run.href:
                groups[-1].append(run.text)
            else:
                joined.append(run)
                groups.append([run.text])
        for run, texts in zip(joined, groups, strict=True):
            run.text = "".join(texts)
        changed = len(joined) != len(self.runs)
        self.runs = joined
        return changed

    def _trim(self) -> None:
        if self.runs and self.runs[0].text[:1] not in _EDGES and self.runs[-1].text[-1:] not in _EDGES:
            return
        while self.runs and not self.runs[-1].text.strip(_EDGES):
            del self.runs[-1]
        if not self.runs:
            return
        edges, margin = "\n" if self.tag == "pre" else _EDGES, ""
        self.runs[-1].text = self.runs[-1].text.rstrip(edges)
        while not self.runs[0].text.strip(edges):
            margin += self.runs.pop(0).text
        text = self.runs[0].text.lstrip(edges)
        margin += self.runs[0].text[: len(self.runs[0].text) - len(text)]
        self.runs[0].text = text
        self.runs[0].text = self._indent(margin) + text

    def _indent(self, margin: str) -> str:
        """No-break spaces to keep before the first line. Only verse keeps them: a paragraph of several lines."""
        if (
            self.tag == "pre"
            or "\xa0" not in margin.rpartition(BREAK)[2]
            or not any(BREAK in run.text for run in self.runs)
        ):
            return ""
        indent = margin.rpartition(BREAK)[2]
        # Browsers show every space that follows a no-break space, so all of them belong to the indent.
        return "\xa0" * len(indent[indent.find("\xa0") :])


@lru_cache(maxsize=1024)
def _turn(opened: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    """Closing and opening tags between two runs, given the tags of both. Closes as few tags as possible."""
    same = 0
    while same < min(len(opened), len(wanted)) and opened[same] == wanted[same]:
        same += 1
    closing = "".join(f"</{tag.partition(' ')[0]}>" for tag in reversed(opened[same:]))
    return closing + "".join(f"<{tag}>" for tag in wanted[same:])


@dataclass(slots=True)
class Box:
    """A block that contains blocks: a quotation, a list, a table, or a part of a list or table.

    Boxes with the tag `hr` or `figure` (placement of a photo) never contain blocks.
    """

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Box | Leaf]" = field(default_factory=list)

    def element(self) -> str:
        """The element with its content as HTML."""
        attributes = ""
        if self.attributes:
            attributes = "".join(
                f' {name}="{escape(value)}"' for name, value in sorted(self.attributes.items())
            )
        content = "" if self.tag == "hr" else f"{self.html()}</{self.tag}>"
        return f"<{self.tag}{attributes}>{content}"

    def html(self) -> str:
        """Content as HTML. A cell or list item with a single paragraph is written without `<p>`."""
        folded = self.folded_leaf()
        return "".join(child.html() if child is folded else child.element() for child in self.children)

    def folded_leaf(self) -> Leaf | None:
        """The only paragraph of a cell or list item, which is written without `<p>`."""
        if self.tag not in _FOLDED:
            return None
        paragraphs = [child for child in self.children if isinstance(child, Leaf) and child.tag == "p"]
        return paragraphs[0] if len(paragraphs) == 1 else None

    def prune(self) -> None:
        """Drop blank leaves and empty boxes. Empty cells stay, because they keep the columns aligned."""
        for child in self.children:
            if isinstance(child, Box):
                child.prune()
        self.children = [child for child in self.children if not _is_void(child)]
        if self.tag == "ol" and "reversed" not in self.attributes:
            self._drop_usual_values()

    def _drop_usual_values(self) -> None:
        """Drop the `value` attribute of list items whose number follows from the item before."""
        number = int(self.attributes.get("start", "1"))
        for child in self.children:
            if isinstance(child, Box) and child.tag == "li":
                if child.attributes.get("value") == str(number):
                    del child.attributes["value"]
                number = int(child.attributes.get("value", number)) + 1


def _is_void(block: Box | Leaf) -> bool:
    if isinstance(block, Leaf):
        return block.is_blank
    return not block.children and block.tag not in ("hr", "figure", *CELLS)
