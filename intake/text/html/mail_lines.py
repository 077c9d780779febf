"""Remove header lines (heads) of quoted mails from blocks: `On … <a@b.org> wrote:` and `From: … To: …`.

Heads are searched in the blocks, not in the HTML elements, so that a text that lost its markup gives the same result
as the original. Heads that a mail program marks by a class are found by `removals.mail_heads`.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from intake.text.html.blocks import BREAK, Box, Leaf

LONGEST = 500
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+\.\w+")
_BRACKETED = re.compile(r"<[^\s<>@]+@[^\s<>@]+\.\w+>")
_DATE = re.compile(r"\d{1,2}[:.]\d\d|\b\d{4}\b")
_TIME = re.compile(r"\d{1,2}[:.]\d\d")
_COLONS = (":", "：")
_BLANKS = f" \xa0{BREAK}"
_LINES = 3
"""Maximum number of lines of an `On … wrote:` head, and minimum number of lines of a `From: … To: …` head."""
_LABEL = re.compile(r"\s*([^:：]{1,30}?)\s*[:：]")
# First field of the heads of Outlook, QQ and others.
FROM = frozenset(
    {
        "from", "de", "von", "da", "van", "od", "fra", "från", "lähettäjä", "kimden", "gönderen", "mittente",
        "expéditeur", "от", "від", "от кого", "отправитель", "кімнен", "από", "من", "مرسل", "מאת", "发件人", "發件人",
        "寄件者", "寄件人", "差出人", "보낸 사람", "보낸사람",
    }
)  # fmt: skip


class _Line(NamedTuple):
    """Line of a paragraph. `label` is its bold field name, such as `From`, or empty."""

    text: str
    label: str


def remove(root: Box) -> int:
    """Remove the heads from a tree of blocks, and return their number."""
    if not _holds_address(root):
        return 0
    return _in_box(root)


def _holds_address(box: Box) -> bool:
    return any(
        _holds_address(child) if isinstance(child, Box) else any("@" in run.text for run in child.runs)
        for child in box.children
    )


def _in_box(box: Box) -> int:
    found = sum(_in_box(child) for child in box.children if isinstance(child, Box))
    found += _cut_fields(box) + _cut_above(box)
    firsts = 0
    while box.tag == "blockquote" and firsts < len(box.children) and _is_first(box.children[firsts]):
        firsts += 1
    del box.children[:firsts]
    return found + firsts


def _is_first(block: Box | Leaf) -> bool:
    """Return whether `block`, the first of a quotation, is the head of the quoted mail."""
    text = _text(block) if isinstance(block, Leaf) else ""
    return _is_head(text) and _BRACKETED.search(text) is not None and _TIME.search(text) is not None


def _cut_above(box: Box) -> int:
    """Remove heads just before a quotation. Runs backwards, because several heads may follow each other."""
    found, above = 0, False
    for place in range(len(box.children) - 1, -1, -1):
        child = box.children[place]
        if isinstance(child, Box):
            above = child.tag == "blockquote" or (above and child.tag == "hr")
        elif above:
            heads, end = _heads_at_end(_text(child))
            found += heads
            if heads:
                _cut(child, end)
            above = child.is_blank
            if above:
                del box.children[place]
    return found


def _heads_at_end(text: str) -> tuple[int, int]:
    """Number of mail heads (see the module) at the end of a paragraph's text, and the index at which the first one begins."""
    number, end = 0, len(text)
    while (start := _start_of_head(text, end)) is not None:
        number, end = number + 1, start
    return number, end


def _start_of_head(text: str, end: int) -> int | None:
    """Start index of the shortest head (in lines) that ends at `end`. None if there is no head."""
    while end and text[end - 1] in _BLANKS:
        end -= 1
    start = end
    for _ in range(_LINES):
        start = max(text.rfind(BREAK, max(end - LONGEST, 0), start), 0 if end <= LONGEST else -1)
        if start < 0:
            return None
        if _is_head(text[start:end]):
            return start
        if not start:
            break
    return None


def _is_head(text: str) -> bool:
    line = text.strip(_BLANKS)
    return (
        len(line) <= LONGEST
        and line.endswith(_COLONS)
        and _ADDRESS.search(line) is not None
        and _DATE.search(line) is not None
    )


def _cut(leaf: Leaf, start: int) -> None:
    """Remove the text of a paragraph from index `start` to its end."""
    length = 0
    for number, run in enumerate(leaf.runs):
        if length + len(run.text) > start:
            run.text = run.text[: start - length]
            del leaf.runs[number + 1 :]
            break
        length += len(run.text)
    while leaf.runs and not leaf.runs[-1].text.strip(_BLANKS):
        del leaf.runs[-1]
    if leaf.runs:
        leaf.runs[-1].text = leaf.runs[-1].text.rstrip(_BLANKS)


def _cut_fields(box: Box) -> int:
    """Remove paragraphs that list the fields of a head, each line with a bold field name."""
    found = 0
    kept: list[Box | Leaf] = []
    head: list[Leaf] = []
    lines: list[_Line] = []
    for child in [*box.children, None]:
        if isinstance(child, Leaf) and (own := _fields(child)) and (head or own[0].label in FROM):
            head.append(child)
            lines += own
            continue
        if head:
            is_head = len(lines) >= _LINES and any(_ADDRESS.search(line.text) for line in lines)
            found += is_head
            kept += [] if is_head else head
            head, lines = [], []
        kept += [] if child is None else [child]
    box.children = kept
    return found


def _fields(leaf: Leaf) -> list[_Line]:
    """Lines of a paragraph if each of them is a field, otherwise an empty list."""
    own = list(_lines(leaf)) if leaf.tag == "p" else []
    return own if all(line.label for line in own) else []


def _lines(leaf: Leaf) -> Iterator[_Line]:
    """Lines of a paragraph that are not blank."""
    parts: list[tuple[str, bool]] = []
    for run in leaf.runs:
        first, *others = run.text.split(BREAK)
        parts.append((first, "strong" in run.marks))
        for text in others:
            if line := _line(parts):
                yield line
            parts = [(text, "strong" in run.marks)]
    if line := _line(parts):
        yield line


def _line(parts: list[tuple[str, bool]]) -> _Line | None:
    shown = [part for part in parts if part[0].strip()]
    if not shown:
        return None
    text = "".join(text for text, _ in parts)
    label = _LABEL.match(text)
    is_bold = shown[0][1]
    return _Line(text, label[1].casefold() if label and is_bold else "")


def _text(leaf: Leaf) -> str:
    return "".join(run.text for run in leaf.runs)
