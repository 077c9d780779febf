"""Trial of one document: read it under each kind of file name, and clean its text."""

import re

from intake import documents
from intake.documents import sandboxed
from intake.documents.document import Document
from intake.documents.refusal import DocumentRefused
from intake.sandbox.refusal import CHILD_FAILURES
from intake.text import clean_body
from tests.fuzz.documents.sources import is_zip
from tests.fuzz.trial import Trial, watched
from tests.text import invariants

LONGEST = 5
"""Time limit in seconds for reading a document and cleaning its text."""
PROOF = 60
"""Time limit in seconds for checking the invariants with html5lib, which is slow."""
PLANTED = "LEAK"
NAMES = ("a.md", TXT := "a.txt")
"""Names under which a file that is no archive is read. Only for text files does the name matter."""
# Detail of a refusal after an unexpected exception in the reader, such as `KeyError in styles.py:12`.
_FAULT = re.compile(r"\w+ in \w+\.py:\d+")


def attempt(data: bytes, *, in_child: bool = False) -> Trial:
    """Read the document, clean its text and prove what comes out. `in_child` also reads it in the sandbox."""
    trial, proof = Trial(), Trial()
    for name in ("a.docx",) if is_zip(data) else NAMES:
        document, cleaned = None, None
        with watched(trial, LONGEST):
            document = _read(data, name, trial)
            cleaned = clean_body(document.html, format="html") if document else None
        if document and cleaned and not trial.finding:
            trial.outcome = "kept as text" if cleaned.fallback else "clean"
            with watched(proof, PROOF):
                found = [f"{name} {invariant}" for invariant in invariants.of_any(cleaned)]
                # A .txt file has no hidden words, so planted names may be read.
                found += [f"{name} leaks {where}" for where in _leaks(document, cleaned.html) if name != TXT]
                proof.finding = "; ".join(found)
            trial.finding = proof.finding
        if in_child and not trial.finding:
            with watched(proof, PROOF):
                proof.finding = _differs(data, name, document)
            trial.finding = proof.finding
        if trial.finding:
            break
    return trial


def _read(data: bytes, name: str, trial: Trial) -> Document | None:
    try:
        return documents.read(data, name)
    except DocumentRefused as refused:
        trial.outcome = refused.reason
        if _FAULT.match(refused.detail):
            trial.finding = f"fault: {refused.detail}"
    return None


def _leaks(document: Document, html: str) -> list[str]:
    """Places where a planted name came out."""
    notes = " ".join([*document.removed, *document.notes])
    places = {"document": document.html, "text": html, "notes": notes}
    return [place for place, text in places.items() if PLANTED in text]


def _differs(data: bytes, name: str, expected: Document | None) -> str:
    """Difference of the sandbox from a reading without it."""
    try:
        found = sandboxed.read(data, name)
    except DocumentRefused as refused:
        if expected or refused.reason in CHILD_FAILURES[1:] or refused.detail.startswith("ended by"):
            return f"sandbox: {refused.reason}: {refused.detail}"
        return ""
    return "" if found == expected else "sandbox: another document"
