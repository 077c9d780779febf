"""Cleaning of an untrusted article in a sandboxed child, whose answer the parent checks field by field.

A parser in C reads the HTML of a stranger, so a fault in it must not take over a process that holds keys.
"""

from functools import cache
from typing import Any

from intake import sandbox
from intake.languages import FORMATS, Format
from intake.sandbox.limits import MB, Limits
from intake.sandbox.refusal import Refused
from intake.text import CleanText, clean_body, keep_as_text, language, report
from intake.text.addresses import tracking
from intake.text.html import allow_list

LIMITS = Limits(memory_bytes=512 * MB, cpu_seconds=10, answer_bytes=16 * MB)
"""The slowest known text of 300 KB takes two seconds."""

TOO_LONG = frozenset({"too_slow", "too_much_memory"})
_COUNTS = ("words", "characters", "minutes")
_SAMPLE = "<p>Ein <b>Text</b>, مَتن، текст, 文葛\U000e0100, ཡི། <a href='https://example.org/?utm_source=x'>x</a>\u200b \U0001f600</p>"


@cache
def prepare() -> None:
    """Load all tables and parsers, because the child can open no file."""
    tracking.prepare()
    for kind in FORMATS:
        clean_body(_SAMPLE, format=kind)
    language.prepare()


def clean(raw: str, *, format: Format) -> CleanText:  # noqa: A002 - hides the builtin on purpose
    """Clean an article like `clean_body`, in a child. Accepts any string.

    A text whose cleaning fails is kept with its markup as text. If it failed for want of time or memory,
    `too_long` is set. Raises OSError if no child can be started.
    """
    prepare()
    try:
        header, blobs = sandbox.run(
            lambda data: _answer(data, format), raw.encode("utf-8", "surrogatepass"), limits=LIMITS
        )
        return _checked(header, blobs)
    except Refused as refused:
        return keep_as_text(raw, format=format, too_long=refused.reason in TOO_LONG)
    except (AttributeError, KeyError, TypeError, ValueError):
        return keep_as_text(raw, format=format)


def tell_language(text: str) -> language.Told | None:
    """Tell the language of a text like `language.tell`, in a child. Returns None if that fails.

    Raises OSError if no child can be started.
    """
    prepare()
    try:
        header, _ = sandbox.run(_language_answer, text.encode("utf-8", "surrogatepass"), limits=LIMITS)
        return _told(header)
    except (Refused, KeyError):
        return None


def _language_answer(data: bytes) -> sandbox.Answer:
    told = language.tell(data.decode("utf-8", "surrogatepass"))
    return {"language": told.tag if told else None, "language_sure": told is not None and told.sure}, []


def _told(header: dict[str, Any]) -> language.Told | None:
    tag = header["language"]
    return None if tag is None else language.Told(str(tag)[:_LONGEST_TAG], header["language_sure"] is True)


def _answer(data: bytes, kind: Format) -> sandbox.Answer:
    cleaned = clean_body(data.decode("utf-8", "surrogatepass"), format=kind)
    header = {
        "language": cleaned.language,
        "language_sure": cleaned.language_sure,
        "removed": cleaned.removed,
        "flags": cleaned.flags,
        "fallback": cleaned.fallback,
        **{name: getattr(cleaned, name) for name in _COUNTS},
    }
    return header, [cleaned.html.encode(), cleaned.text.encode()]


def _checked(header: dict[str, Any], blobs: list[bytes]) -> CleanText:
    """Convert the answer of the child. Raises AttributeError, KeyError, TypeError or ValueError if it is malformed."""
    html, text = (blob.decode() for blob in blobs)
    if not allow_list.is_allowed(html):
        raise ValueError
    told = _told(header)
    return CleanText(
        html=html,
        text=text,
        language=told.tag if told else None,
        language_sure=told is not None and told.sure,
        words=_count(header["words"]),
        characters=_count(header["characters"]),
        minutes=_count(header["minutes"]),
        removed={kind: _count(number) for kind, number in header["removed"].items() if kind in report.KINDS},
        flags=[flag for flag in report.FLAGS if flag in header["flags"]],
        fallback=header["fallback"] is True,
    )


_LONGEST_TAG = 12
_MOST = 10_000_000


def _count(number: Any) -> int:
    if not 0 <= int(number) <= _MOST:
        raise ValueError
    return int(number)
