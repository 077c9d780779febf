"""Tasks that the sandboxed child runs on one text."""

from intake.languages import FORMATS, Format
from intake.sandbox.task import RawAnswer
from intake.text import clean_body, language
from intake.text.addresses import tracking

_COUNTS = ("words", "characters", "minutes")
_SAMPLE = "<p>Ein <b>Text</b>, مَتن، текст, 文葛\U000e0100, ཡི། <a href='https://example.org/?utm_source=x'>x</a>\u200b \U0001f600</p>"


def prepare() -> None:
    """Load all tables and parsers, because the child can open no file."""
    tracking.prepare()
    for kind in FORMATS:
        clean_body(_SAMPLE, format=kind)
    language.prepare()


def clean(data: bytes, *, kind: Format, with_placements: bool = False) -> RawAnswer:
    """Clean an article. Returns CleanText's fields as a JSON-able header, and HTML and text as blobs."""
    raw = data.decode("utf-8", "surrogatepass")
    cleaned = clean_body(raw, format=kind, with_placements=with_placements)
    header = {
        "language": cleaned.language,
        "language_sure": cleaned.language_sure,
        "removed": cleaned.removed,
        "flags": cleaned.flags,
        "fallback": cleaned.fallback,
        **{name: getattr(cleaned, name) for name in _COUNTS},
    }
    return header, [cleaned.html.encode(), cleaned.text.encode()]


def tell_language(data: bytes) -> RawAnswer:
    """Detect the language of a text. The header has its tag, or None, and whether it is certain."""
    told = language.tell(data.decode("utf-8", "surrogatepass"))
    return {"language": told.tag if told else None, "language_sure": told is not None and told.sure}, []
