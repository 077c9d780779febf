"""Read a .md file: CommonMark with tables, struck-out words, footnotes and check boxes."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from intake.documents.document import Document
from intake.documents.markdown import raw_html, source, unseen
from intake.documents.plain_text import encoding
from intake.text import plain
from intake.text.unicode import invisible

# A text with more markup characters is not parsed but shown with its markup, because parsing takes 10 µs for each
# of them, and no author needs so many.
MAX_MARKS = 60_000
_MARKS = "[]*_`<!~|#"


def read(data: bytes) -> Document:
    """Read a Markdown file. Raises DocumentRefused.

    Comments, front matter and pictures are removed and counted.
    """
    return _read(data, is_verse=False)


def read_verse(data: bytes) -> Document:
    """Read a Markdown file like `read`, but keep the line breaks within its paragraphs."""
    return _read(data, is_verse=True)


def _read(data: bytes, *, is_verse: bool) -> Document:
    decoded = encoding.decode(data)
    removed: Counter[str] = Counter()
    text = source.without_hidden(invisible.newlines(decoded.text), removed)
    html = _html(text, removed, is_verse=is_verse) if _may_be_parsed(text) else plain.paragraphs(text)
    return Document(html, removed=removed, notes=list(decoded.notes))


def prepare() -> None:
    """Run the parser once, because it imports some of its parts on first use."""
    _html("# a\n\n- [ ] *b* [c](d) <e@example.org> &amp;\n\n| f |\n|---|\n\n[^1]\n\n[^1]: g", Counter())


def _may_be_parsed(text: str) -> bool:
    return text.count("\n") <= plain.MAX_LINES and sum(map(text.count, _MARKS)) <= MAX_MARKS


def _html(text: str, removed: Counter[str], *, is_verse: bool = False) -> str:
    parser = MarkdownIt("commonmark", {"html": True, "breaks": is_verse}, renderer_cls=_Renderer)
    parser.enable(["table", "strikethrough"]).use(footnote_plugin, inline=False)
    parser.core.ruler.after("block", "unseen_blocks", unseen.leave_blocks)
    parser.core.ruler.after("inline", "unseen_inline", unseen.leave_inline)
    html: str = parser.render(source.with_check_boxes(text), {"removed": removed})
    return html


class _Renderer(RendererHTML):
    """Renderer that removes pictures and hidden HTML. `env["removed"]` counts them."""

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG002 - signature
        env["removed"]["image"] += 1
        return " "

    def hardbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG002
        return "<br>"

    def softbreak(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG002
        return "<br>" if options.breaks else "\n"

    def html_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG002
        return raw_html.clean(tokens[idx].content, env["removed"])

    def html_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: ARG002
        return raw_html.clean(tokens[idx].content, env["removed"])
