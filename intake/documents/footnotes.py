"""Footnotes and endnotes, in the form in which the text cleaner recognizes them."""

from intake.documents.inline import escape


class FootnoteList:
    """Notes in the order of their marks. Each note is written once, at the end of the document."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._bodies: list[str] = []

    def knows(self, key: str) -> bool:
        """Return whether a note has a mark already."""
        return key in self._numbers

    def begin(self, key: str) -> int:
        """Reserve the next number for a note, before its body is read."""
        self._numbers[key] = len(self._numbers) + 1
        self._bodies.append("")
        return self._numbers[key]

    def mark(self, key: str, label: str = "") -> str:
        """HTML of the first mark of a note in the text, to which the note links back. `again` writes further marks."""
        number = self._numbers[key]
        return f'<sup><a id="ref-{number}" href="#note-{number}">{escape(label.strip()) or number}</a></sup>'

    def again(self, key: str, label: str = "") -> str:
        """HTML of a further mark of the same note, without a link."""
        return f"<sup>{escape(label.strip()) or self._numbers[key]}</sup>"

    def end(self, number: int, html: str) -> None:
        """Store the body of a note."""
        self._bodies[number - 1] = html

    def html(self) -> str:
        """All notes as a list. Empty without notes."""
        items = (
            f'<li id="note-{number}">{body}<p><a href="#ref-{number}">↩</a></p></li>'
            for number, body in enumerate(self._bodies, 1)
        )
        return f"<ol>{''.join(items)}</ol>" if self._bodies else ""
