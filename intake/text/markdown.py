"""Cleaned HTML as Markdown, for the download of an accepted submission."""

import re
from typing import Any

from markdownify import ATX, BACKSLASH, MarkdownConverter

from intake.text import numerals

_BLANK = re.compile(r"\n{3,}")
# Characters that begin Markdown markup. `<` and `&` are included, because Markdown passes HTML through.
_MARKUP = re.compile(r"[\\`*\[\]<|~]|&(?=#?\w+;)|(?<!\w)_|_(?!\w)")
_LINE_START = re.compile(r"^(\s*(?:\d{1,9}(?=[.)]))?)((?<=\d)[.)]|[#>+-])(?=\s|$)", re.MULTILINE)

_CODE_FENCE = re.compile("`{3,}")
_VERSE = re.compile(r"<pre(?: [^<>]*)?>(?!<code>)(.*?)</pre>", re.DOTALL)
# Spaces that Markdown drops: indents, and more than one between words.
_DROPPED_SPACES = re.compile(r"^ +| {2,}|\t+", re.MULTILINE)
_STANZA = re.compile("\n{2,}")
_TAB = 4


class _Converter(MarkdownConverter):
    """Converter that escapes markup characters, but not inside words: `a_b_c` stays."""

    class Options:
        heading_style = ATX
        bullets = "-"
        newline_style = BACKSLASH
        sub_symbol = "<sub>"
        sup_symbol = "<sup>"
        table_infer_header = True

    def escape(self, text: str, parent_tags: Any) -> str:  # noqa: ARG002 - the converter's signature
        return _LINE_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text))

    def convert_a(self, el: Any, text: str, parent_tags: Any) -> str:
        """Write a footnote mark as `[^1]`, and omit the link from a footnote back to its mark."""
        href = el.get("href") or ""
        if href.startswith("#"):
            return f"[^{href.removeprefix('#note-')}]" if href.startswith("#note-") else ""
        return str(super().convert_a(el, text, parent_tags))  # type: ignore[misc]

    def convert_li(self, el: Any, text: str, parent_tags: Any) -> str:
        """Write a footnote as `[^1]: …`, with further paragraphs indented, and an item with the number it shows."""
        name = el.get("id") or ""
        if not name.startswith("note-"):
            if el.parent.name == "ol":
                return _item(el, text)
            return str(super().convert_li(el, text, parent_tags))  # type: ignore[misc]
        return f"[^{name.removeprefix('note-')}]: {text.strip().replace(chr(10), chr(10) + '    ')}\n"

    def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 - the converter's signature
        """Write code between fences that are longer than those in it."""
        fence = max(["```", *(f"{found}`" for found in _CODE_FENCE.findall(text))], key=len)
        return f"\n\n{fence}\n{text.strip(chr(10))}\n{fence}\n\n" if text else ""

    def convert_u(self, el: Any, text: str, parent_tags: Any) -> str:  # noqa: ARG002 - the converter's signature
        """Write `<u>`, because Markdown has no underline."""
        return f"<u>{text}</u>" if text else ""


def _item(item: Any, text: str) -> str:
    """Item of an ordered list. Markdown only numbers in digits, so letters and Roman numbers become words of the text."""
    number = f"{numerals.write(_number(item), item.parent.get('type') or '1')}. "
    lines = text.strip().split("\n")
    indent = " " * len(number)
    return "\n".join([number + lines[0], *(indent + line if line else "" for line in lines[1:])]) + "\n"


def _number(item: Any) -> int:
    """Number that a browser shows for an item: its `value`, or the number after the item before."""
    step = -1 if item.parent.has_attr("reversed") else 1
    before = item.find_previous_siblings("li")
    for steps, one in enumerate([item, *before]):
        if one.has_attr("value"):
            return int(one["value"]) + steps * step
    items = len(item.parent.find_all("li", recursive=False))
    return int(item.parent.get("start") or (items if step < 0 else 1)) + len(before) * step


def _verse(found: re.Match[str]) -> str:
    """Preformatted text as paragraphs, because a fence shows verse as code and drops its emphasis.

    Indents become no-break spaces. Blank lines separate paragraphs, unless the text has markup, which may span them.
    """
    text = _DROPPED_SPACES.sub(lambda spaces: "\xa0" * len(spaces[0].expandtabs(_TAB)), found[1])
    stanzas = [text] if "<" in text else _STANZA.split(text)
    return "".join(f"<p>{stanza.replace(chr(10), '<br>')}</p>" for stanza in stanzas)


def to_markdown(html: str) -> str:
    """Convert cleaned HTML to Markdown: ATX headings, `-` for list items, pipes for tables, final newline."""
    text: str = _Converter().convert(_VERSE.sub(_verse, html))
    lines = (line.rstrip() for line in text.split("\n"))
    return _BLANK.sub("\n\n", "\n".join(lines)).strip("\n") + "\n"
