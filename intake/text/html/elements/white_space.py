"""White space that `white-space: pre-wrap` and `pre-line` keep: line breaks, and the indents of lines."""

from intake.text.html.blocks import BREAK

TAB = 4
"""Number of spaces for a tab at the start of a line."""
_SPACES = " \t"


def kept(text: str, space: str, *, at_line_start: bool) -> str:
    """Text with its line breaks as U+2028, and for `pre-wrap` with its indents as no-break spaces.

    `at_line_start` is true if the text begins at the start of a line.
    """
    lines = text.split("\n")
    if space == "pre-wrap":
        lines = [_indented(line) if number or at_line_start else line for number, line in enumerate(lines)]
    return BREAK.join(lines)


def _indented(line: str) -> str:
    rest = line.lstrip(_SPACES)
    indent = line[: len(line) - len(rest)]
    return "\xa0" * len(indent.expandtabs(TAB)) + rest if indent and rest else line
