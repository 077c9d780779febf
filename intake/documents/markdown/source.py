"""Rules for Markdown source before it is parsed: front matter, editors' marks, check boxes."""

import re
from collections import Counter

# Front matter in YAML or TOML, with the pattern of its first field.
_FRONT_MATTER = (
    (
        re.compile(r"\ufeff?---[ \t]*\n((?:[^\n]*\n){0,200}?)(?:---|\.\.\.)[ \t]*(?:\n|$)"),
        re.compile(r"\s*[A-Za-z][\w -]{0,60}:(?:\s|$)"),
    ),
    (
        re.compile(r"\ufeff?\+\+\+[ \t]*\n((?:[^\n]*\n){0,200}?)\+\+\+[ \t]*(?:\n|$)"),
        re.compile(r"\s*(?:\[|[A-Za-z][\w.-]{0,60}\s*=)"),
    ),
)
# Obsidian comment within a line. Not after a digit, where `%%` is more likely a percent sign typed twice.
_COMMENT = re.compile(r"(?<![\d%])%%(?!%)[^%\n]*+(?:%(?!%)[^%\n]*+)*%%(?!%)")
# A picture whose address has a scheme that the parser of Markdown refuses to show, such as `file:`.
_PICTURE = re.compile(
    r"!\[([^\[\]\n]{0,500})\]\(\s{0,3}<?(?:file|data|javascript|vbscript|[a-zA-Z]):[^()\n]{0,2000}\)",
    re.IGNORECASE,
)
# Hidden marks, most of them CriticMarkup (comments and tracked changes): opening → closing and kind of removal.
_MARKS = {
    "{>>": ("<<}", "comment"),
    "{--": ("--}", "deletion"),
    # Comments of Jekyll and Hugo.
    "{% comment %}": ("{% endcomment %}", "comment"),
    "{{/*": ("*/}}", "comment"),
}
_REPLACED = "{~~", "~>", "~~}"
# Title block of pandoc: the title, the authors, and the date.
_TITLE_BLOCK = re.compile(r"\ufeff?(%[ \t][^\n]*\n)%[ \t]*[^\n]*(?:\n[ \t][^\n]*)*(?:\n%[^\n]*)?(?=\n\s*\n)")
_KEPT = re.compile(r"\{\+\+|\+\+\}|\{==|==\}")
_CHECK_BOX = re.compile(r"^([ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+)\[([ xX])\](?=[ \t]\S)", re.MULTILINE)


def without_hidden(text: str, removed: Counter[str]) -> str:
    """Remove front matter, comments, tracked deletions, and pictures with local addresses. Counts them in `removed`."""
    for matter, field in _FRONT_MATTER:
        found = matter.match(text)
        if found and field.match(found[1]):
            removed["properties"] += 1
            text = text[found.end() :]
            break
    if found := _TITLE_BLOCK.match(text):
        removed["properties"] += 1
        text = found[1].lstrip("% \t") + text[found.end() :]
    text, pictures = _PICTURE.subn(" ", text) if "![" in text else (text, 0)
    removed.update(+Counter(image=pictures))
    text = _without_comments(text, removed) if "%%" in text else text
    for opening, (closing, kind) in _MARKS.items():
        if opening in text:
            text = _without(text, opening, closing, kind, removed)
    if _REPLACED[0] in text:
        text = _with_replacements(text, removed)
    return _KEPT.sub("", text) if "{++" in text or "{==" in text else text


def _without_comments(text: str, removed: Counter[str]) -> str:
    """Text without the comments of Obsidian: `%%…%%` in a line, or between two lines of `%%`."""
    kept: list[str] = []
    is_block = False
    block: list[str] = []
    for line in text.split("\n"):
        if line.strip() == "%%":
            if is_block:
                removed["comment"] += 1
                block = []
            is_block = not is_block
            block += [line] if is_block else []
        elif is_block:
            block.append(line)
        else:
            shown, count = _COMMENT.subn("", line)
            removed.update(+Counter(comment=count))
            kept.append(shown)
    # A comment block that is never closed is kept as text.
    return "\n".join([*kept, *block])


def _without(text: str, opening: str, closing: str, kind: str, removed: Counter[str]) -> str:
    first, *rest = text.split(opening)
    kept = [first]
    for part in rest:
        inside, end, after = part.partition(closing)
        if end:
            removed[kind] += 1
        kept.append(after if end else opening + inside)
    return "".join(kept)


def _with_replacements(text: str, removed: Counter[str]) -> str:
    """Text with the new words of `{~~old~>new~~}`."""
    opening, arrow, closing = _REPLACED
    first, *rest = text.split(opening)
    kept = [first]
    for part in rest:
        inside, end, after = part.partition(closing)
        _, found, new = inside.partition(arrow)
        removed["deletion"] += bool(end and found)
        kept.append(new + after if end and found else opening + part)
    return "".join(kept)


def with_check_boxes(text: str) -> str:
    """Replace `[ ]` and `[x]` at the start of list items with ☐ and ☑."""
    return _CHECK_BOX.sub(lambda found: found[1] + ("☐" if found[2] == " " else "☑"), text)
