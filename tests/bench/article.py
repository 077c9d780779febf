"""Article of headings, emphasis, links, nested lists, tables and footnotes, as a file of each kind."""

from collections.abc import Callable
from itertools import count, cycle
from typing import NamedTuple

from tests.documents import odt_files, word_files

RUN = "run-0"
"""Placeholder in each link, replaced by the number of the run."""
LINK = f"https://example.org/{RUN}"
_PLAIN = (
    "Ten people came to the house of prayer in the morning and closed its door. The neighbours watched and said nothing, and the "
    "children could not go to school. "
)
_SAID = "I have never seen such a day, and I will not forget it, said the old man"


class Part(NamedTuple):
    """Block of the article in each kind of file. `note` is its footnote in the Word file, which has a part for notes."""

    letters: int
    docx: str
    odt: str
    rtf: str
    md: str
    note: str = ""


def _heading(number: int) -> Part:
    text = f"What the town saw on day {number}"
    return Part(
        len(text),
        word_files.styled(text, "Heading1"),
        f'<text:h text:outline-level="1">{text}</text:h>',
        rf"\pard\plain\outlinelevel0\b {text}\b0\par ",
        f"# {text}\n\n",
    )


def _words(_number: int) -> Part:
    first, then = _PLAIN * 2, "and lit candles"
    return Part(
        len(first + then),
        word_files.paragraph(word_files.run(first) + word_files.run(then, "<w:b/>")),
        f'<text:p>{first}<text:span text:style-name="B">{then}</text:span></text:p>',
        rf"\pard\plain {first}{{\b {then}}}\par ",
        f"{first}**{then}**\n\n",
    )


def _links(_number: int) -> Part:
    first, then = _PLAIN, "the local council"
    return Part(
        len(first + then),
        word_files.paragraph(
            word_files.run(first) + f'<w:hyperlink r:id="l">{word_files.run(then, "<w:i/>")}</w:hyperlink>'
        ),
        f'<text:p>{first}<text:a xlink:href="{LINK}"><text:span text:style-name="I">{then}</text:span></text:a></text:p>',
        rf'\pard\plain {first}{{\field{{\*\fldinst HYPERLINK "{LINK}"}}{{\fldrslt \i {then}}}}}\par ',
        f"{first}[*{then}*]({LINK})\n\n",
    )


def _list(_number: int) -> Part:
    one, two = "The door was sealed.", "The books were counted and taken."
    return Part(
        2 * len(one + two),
        (word_files.item(one) + word_files.item(two, level=1)) * 2,
        f'<text:list text:style-name="L"><text:list-item><text:p>{one}</text:p><text:list><text:list-item><text:p>{two}</text:p>'
        f"</text:list-item></text:list></text:list-item><text:list-item><text:p>{one}</text:p><text:p>{two}</text:p></text:list-item></text:list>",
        "".join(
            rf"\pard{{\listtext\bullet\tab}}\ls1\ilvl{level} {text}\par "
            for level, text in enumerate((one, two) * 2)
        ),
        f"- {one}\n  - {two}\n- {one}\n  - {two}\n\n",
    )


def _table(_number: int) -> Part:
    rows = [
        ("Day", "Heard"),
        ("Monday", "Nobody was heard in the court"),
        ("Tuesday", "One of them came home"),
    ]
    return Part(
        sum(len(text) for row in rows for text in row),
        word_files.table(*[[word_files.paragraph(text) for text in row] for row in rows]),
        "<table:table>"
        + "".join(
            f"<table:table-row>{''.join(f'<table:table-cell><text:p>{text}</text:p></table:table-cell>' for text in row)}</table:table-row>"
            for row in rows
        )
        + "</table:table>",
        "".join(r"\trowd\pard\intbl " + "".join(text + r"\cell " for text in row) + r"\row " for row in rows),
        "".join(
            f"| {' | '.join(row)} |\n" + ("| --- | --- |\n" if place == 0 else "")
            for place, row in enumerate(rows)
        )
        + "\n",
    )


def _note(number: int) -> Part:
    note = f"{_SAID} on day {number}."
    return Part(
        len(_PLAIN + note),
        word_files.paragraph(word_files.run(_PLAIN) + f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'),
        f"<text:p>{_PLAIN}<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>{note}</text:p></text:note-body>"
        "</text:note></text:p>",
        rf"\pard\plain {_PLAIN}{{\footnote {note}}}\par ",
        f"{_PLAIN}[^{number}]\n\n[^{number}]: {note}\n\n",
        note,
    )


_PARTS: dict[str, Callable[[int], Part]] = {
    "heading": _heading, "words": _words, "links": _links, "list": _list, "table": _table, "note": _note,
}  # fmt: skip
ORDER = ("heading", "words", "words", "links", "list", "words", "note", "words", "table", "words")


def article(letters: int) -> list[Part]:
    """Blocks of an article with so many letters, or a few more."""
    parts: list[Part] = []
    numbered = zip(count(1), cycle(ORDER), strict=False)
    left = letters
    while left > 0:
        number, kind = next(numbered)
        parts.append(_PARTS[kind](number))
        left -= parts[-1].letters
    return parts


def docx(letters: int, link: str = LINK) -> bytes:
    """The article as a Word file."""
    parts = article(letters)
    notes = "".join(
        f'<w:footnote w:id="{number}">{word_files.paragraph(one.note)}</w:footnote>'
        for number, one in enumerate(parts, 1)
        if one.note
    )
    return word_files.build(
        "".join(one.docx for one in parts),
        [("l", "hyperlink", link)],
        styles=word_files.style("Heading1", shown="heading 1"),
        numbering=word_files.numbering(word_files.level(0, "decimal") + word_files.level(1, "bullet", "•")),
        footnotes=notes,
    )


def odt(letters: int, link: str = LINK) -> bytes:
    """The article as an OpenDocument text."""
    bold = odt_files.style("B", '<style:text-properties fo:font-weight="bold"/>')
    italic = odt_files.style("I", '<style:text-properties fo:font-style="italic"/>')
    return odt_files.build("".join(one.odt for one in article(letters)).replace(LINK, link), bold + italic)


def rtf(letters: int, link: str = LINK) -> bytes:
    """The article as an RTF file."""
    return (
        "{\\rtf1\\ansi " + "".join(one.rtf for one in article(letters)).replace(LINK, link) + "}"
    ).encode()


def md(letters: int, link: str = LINK) -> bytes:
    """The article as a Markdown file."""
    return "".join(one.md for one in article(letters)).replace(LINK, link).encode()


def txt(letters: int, link: str = LINK) -> bytes:
    """The article as plain text, with the marks of Markdown."""
    return md(letters, link)


FILES: dict[str, Callable[..., bytes]] = {"docx": docx, "odt": odt, "rtf": rtf, "md": md, "txt": txt}
