"""Trial of one text: clean it in each format in which a contributor may send it."""

from html import escape

from intake.text import CleanText, clean_body, clean_line
from tests.fuzz.trial import Trial, watched
from tests.text import invariants

LONGEST = 5
"""Time limit in seconds for cleaning one text in all ways. The longest text that may be sent takes one second."""
PROOF = 60
"""Time limit in seconds for checking the invariants with html5lib, which is slow."""


def attempt(raw: str) -> Trial:
    """Clean the text as plain text, as HTML and as a line, and prove what comes out."""
    trial, proof = Trial(), Trial()
    with watched(trial, LONGEST):
        plain, html, line = clean_body(raw, format="plain"), clean_body(raw, format="html"), clean_line(raw)
        trial.outcome = "kept as text" if html.fallback else "clean"
    if not trial.finding:
        with watched(proof, PROOF):
            proof.finding = "; ".join(_broken(raw, plain, html, line))
        trial.finding = proof.finding
    return trial


def _broken(raw: str, plain: CleanText, html: CleanText, line: str) -> list[str]:
    escaped = clean_body(f"<p>{escape(raw)}</p>", format="html")
    told = {
        "plain": invariants.of_plain(raw, plain),
        "html": invariants.of_html(raw, html),
        "escaped": invariants.of_escaped(raw, escaped),
        "line": invariants.of_line(raw, line),
    }
    return [f"{form} {invariant}" for form, found in told.items() for invariant in found]
