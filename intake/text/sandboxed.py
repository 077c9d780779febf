"""Cleaning of an untrusted article in a sandboxed child, whose answer the parent checks.

A parser in C reads the HTML of a stranger. If an exploit takes over the parser, it must not gain a process with keys.
"""

from intake import sandbox
from intake.languages import Format
from intake.sandbox import answers
from intake.sandbox.limits import MB, Limits
from intake.sandbox.refusal import Refused
from intake.text import CleanText, keep_as_text, language
from intake.text.answers import CLEAN, LANGUAGE, CleanedTextAnswer
from intake.text.html import allow_list
from intake.text.words import visible

LIMITS = Limits(memory_bytes=512 * MB, cpu_seconds=10, answer_bytes=16 * MB)
"""The slowest known text of 300 KB takes two seconds."""

TOO_LONG = frozenset({"too_slow", "too_much_memory"})


def clean(
    raw: str,
    *,
    format: Format,  # noqa: A002 - hides the builtin on purpose
    with_placements: bool = False,
) -> CleanText:
    """Clean an article like `clean_body`, in a child. Accepts any string.

    A text whose cleaning fails is kept with its markup as text. If it failed for want of time or memory,
    `too_long` is set. Raises OSError if no child can be started.
    """
    try:
        answer, blobs = sandbox.run(
            CLEAN,
            raw.encode("utf-8", "surrogatepass"),
            limits=LIMITS,
            kind=format,
            with_placements=with_placements,
        )
        return _proven(answer, blobs, format, with_placements=with_placements)
    except Refused as refused:
        return keep_as_text(raw, format=format, too_long=refused.reason in TOO_LONG)


def tell_language(text: str) -> language.Told | None:
    """Detect the language of a text like `language.tell`, in a child. Returns None if that fails.

    Raises OSError if no child can be started.
    """
    try:
        answer, _ = sandbox.run(LANGUAGE, text.encode("utf-8", "surrogatepass"), limits=LIMITS)
        return answer.told()
    except Refused:
        return None


def _proven(
    answer: CleanedTextAnswer, blobs: list[bytes], kind: Format, *, with_placements: bool
) -> CleanText:
    """Text of a checked answer. Raises AnswerRefused if its HTML fails the allow-list, or does not contain that text."""
    try:
        html, text = (blob.decode() for blob in blobs)
    except UnicodeDecodeError:
        raise answers.refuse(CLEAN, "no UTF-8") from None
    if not allow_list.is_allowed(html, with_placements=with_placements):
        raise answers.refuse(CLEAN, "HTML that is not allowed")
    if kind == "html" and text != visible(html):
        raise answers.refuse(CLEAN, "another text than that of the HTML")
    told = answer.told()
    return CleanText(
        html=html,
        text=text,
        language=told.tag if told else None,
        language_sure=told is not None and told.sure,
        words=answer.words,
        characters=answer.characters,
        minutes=answer.minutes,
        removed=answer.removed,
        flags=answer.flags,
        fallback=answer.fallback,
    )
