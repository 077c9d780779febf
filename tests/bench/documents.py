"""A document file turned into clean HTML, compared with mammoth, which only converts Word files and cleans nothing.

One article of headings, emphasis, links, nested lists, tables and footnotes, in plain English (ASCII), at three lengths, and at the
largest in each kind of file:

- **mammoth**: `mammoth.convert_to_html`, the reference reader of the tests, in Python.
- **transom**: `documents.read` and `clean_body`, in this process.
- **sandboxed**: the same steps as the product runs them, each in a sandboxed child of its own.

Transom is compared with mammoth, and its sandboxed form with Transom. Each run has links of its own, so no cache helps. A KB is 1,000 letters of
the article, without markup.

Figures are of one document: the mean of as many as take half a second of CPU time, one after the other. Children are counted.
"""

import io
from collections.abc import Callable
from functools import partial
from itertools import chain
from typing import Any

import mammoth

from intake import documents
from intake.documents import sandboxed as sandboxed_documents
from intake.documents.document import Document
from intake.text import clean_body
from intake.text import sandboxed as sandboxed_text
from tests.bench.article import FILES, LINK, RUN
from tests.bench.case import Case, Context, Measures
from tests.bench.stopwatch import spent

KB = 1000
SIZES = ("3", "30", "300")
ENOUGH_S = 0.5
MOST_HTML = 1_000_000
"""Bytes of HTML. An article of 300,000 letters has more with its markup than the default limit."""


def converted(data: bytes, _name: str) -> Any:
    """Convert a Word file with mammoth."""
    return mammoth.convert_to_html(io.BytesIO(data))


def cleaned(data: bytes, name: str) -> Any:
    """Read and clean a document in this process."""
    return clean_body(_document(documents.read, data, name).html, format="html")


def cleaned_in_children(data: bytes, name: str) -> Any:
    """Read and clean a document as the product does."""
    return sandboxed_text.clean(_document(sandboxed_documents.read, data, name).html, format="html")


def _document(read: Callable[..., Document], data: bytes, name: str) -> Document:
    return read(data, name, max_html_bytes=MOST_HTML)


READERS: dict[str, Callable[[bytes, str], Any]] = {
    "mammoth": converted,
    "transom": cleaned,
    "sandboxed": cleaned_in_children,
}


def one(context: Context) -> Measures:
    """Read a document of the case's kind and length repeatedly.

    The first run, which loads modules, is not measured.
    """
    read, kind, letters = READERS[context["by"]], context["kind"], int(context["kb"]) * KB
    read(FILES[kind](letters), f"a.{kind}")
    wall, cpu, times = 0.0, 0.0, 0
    while cpu < ENOUGH_S:
        times += 1
        data = FILES[kind](letters, LINK.replace(RUN, f"run-{times}"))
        measures = spent(partial(read, data, f"a.{kind}"))
        wall, cpu = wall + measures["wall_s"], cpu + measures["cpu_s"]
    return {"wall_s": wall / times, "cpu_s": cpu / times, "cpu_ms": 1000 * cpu / times}


def beside(kb: str) -> list[Case]:
    """Cases for the Word file with each reader, each compared with the one before."""
    return [
        _case(f"docx, {kb} KB: {by}", f"docx, {kb} KB: {other}" if other else "", by=by, kind="docx", kb=kb)
        for other, by in (("", "mammoth"), ("mammoth", "transom"), ("transom", "sandboxed"))
    ]


def alone(kind: str) -> list[Case]:
    """Cases for another kind of file, in this process and in children."""
    name = f"{kind}, {SIZES[-1]} KB: transom"
    return [
        _case(name, "", by="transom", kind=kind, kb=SIZES[-1]),
        _case(f"{kind}, {SIZES[-1]} KB: sandboxed", name, by="sandboxed", kind=kind, kb=SIZES[-1]),
    ]


def _case(name: str, baseline: str, **given: str) -> Case:
    return Case(name, call=one, given=given, baseline=baseline, compared="cpu_s")


CASES = [
    *chain.from_iterable(map(beside, SIZES)),
    *chain.from_iterable(map(alone, ("odt", "rtf", "md", "txt"))),
]
