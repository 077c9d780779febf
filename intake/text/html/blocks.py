"""A text as blocks: the shape between the parsed tree and HTML. Writing it yields nesting that every parser reads alike."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from intake.text.plain import quote
from intake.text.unicode import invisible

# Outermost first. Marks are a set, so bold within bold is bold and no order of tags can be wrong.
MARKS = ("strong", "em", "u", "s", "code", "sub", "sup")
BREAK = "\u2028"
LISTS = ("ul", "ol")
CELLS = ("td", "th")
_FOLDED = ("li", "td", "th")
_EDGES = f" \t\n\xa0{BREAK}"


@dataclass(slots=True)
class Run:
    """Text of one look: its marks, and the address that it links to. U+2028 is a line break."""

    text: str
    marks: frozenset[str]
    href: str | None

    @property
    def look(self) -> tuple[str, ...]:
        """The tags around the text, outermost first."""
        return _tags(self.marks, self.href)


def _name(href: str) -> str:
    """The mark of a note bears the name that the note leads back to."""
    return f' id="ref-{href.removeprefix("#note-")}"' if href.startswith("#note-") else ""


@lru_cache(maxsize=1024)
def _tags(marks: frozenset[str], href: str | None) -> tuple[str, ...]:
    link = (f'a href="{escape(href)}"{_name(href)}',) if href else ()
    return link + tuple(mark for mark in MARKS if mark in marks)


@dataclass(slots=True)
class Leaf:
    """A paragraph, a heading or preformatted text."""

    tag: str
    runs: list[Run] = field(default_factory=list)

    def settle(self, removed: Counter[str]) -> None:
        """Clean invisible characters among the neighbours, join runs of one look, trim the edges."""
        self._join()
        for _ in range(3):
            for run, text in zip(
                self.runs, invisible.clean_pieces([run.text for run in self.runs], removed), strict=True
            ):
                run.text = text
            if not self._join():
                break
        self._trim()

    @property
    def is_blank(self) -> bool:
        """Whether nothing is left to be seen."""
        return not self.runs

    def html(self) -> str:
        """The inline content."""
        parts: list[str] = []
        opened: tuple[str, ...] = ()
        for run in self.runs:
            parts.append(_turn(opened, run.look))
            parts.append(quote(run.text).replace(BREAK, "<br>"))
            opened = run.look
        return "".join(parts) + _turn(opened, ())

    def _join(self) -> bool:
        """Join neighbours of one look and drop empty ones; say whether there were any."""
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
        start, end = ("\n", "\n") if self.tag == "pre" else (_EDGES, _EDGES)
        while (
            self.runs
            and not self.runs[0].text.strip(_EDGES)
            and (self.tag != "pre" or self.runs[0].text.isspace())
        ):
            del self.runs[0]
        while self.runs and not self.runs[-1].text.strip(_EDGES):
            del self.runs[-1]
        if self.runs:
            self.runs[0].text = self.runs[0].text.lstrip(start)
            self.runs[-1].text = self.runs[-1].text.rstrip(end)


@lru_cache(maxsize=1024)
def _turn(opened: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    """The tags that lead from one look to the next, closing no more than has to be closed."""
    same = next((i for i, (one, two) in enumerate(zip(opened, wanted, strict=False)) if one != two), None)
    same = min(len(opened), len(wanted)) if same is None else same
    closing = "".join(f"</{tag.partition(' ')[0]}>" for tag in reversed(opened[same:]))
    return closing + "".join(f"<{tag}>" for tag in wanted[same:])


@dataclass(slots=True)
class Box:
    """What holds other blocks: a quotation, a list, a table or a part of one; `hr` holds nothing."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Box | Leaf]" = field(default_factory=list)

    def html(self) -> Iterator[str]:
        """The element and all in it."""
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        yield f"<{self.tag}{attributes}>"
        if self.tag != "hr":
            yield from self.inner()
            yield f"</{self.tag}>"

    def inner(self) -> Iterator[str]:
        """All in it. A cell or an item with a single paragraph has its text without one."""
        paragraphs = sum(isinstance(child, Leaf) and child.tag == "p" for child in self.children)
        folded = self.tag in _FOLDED and paragraphs == 1
        for child in self.children:
            if isinstance(child, Box):
                yield from child.html()
            elif folded and child.tag == "p":
                yield child.html()
            else:
                yield f"<{child.tag}>{child.html()}</{child.tag}>"

    def prune(self) -> None:
        """Drop blank leaves and boxes that hold nothing; an empty cell stays, it keeps the columns in line."""
        for child in self.children:
            if isinstance(child, Box):
                child.prune()
        self.children = [child for child in self.children if not _is_void(child)]


def _is_void(block: Box | Leaf) -> bool:
    if isinstance(block, Leaf):
        return block.is_blank
    return not block.children and block.tag not in ("hr", *CELLS)
