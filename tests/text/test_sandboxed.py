"""Texts cleaned in the sandbox: the same result as outside it, and no trust in the child's answer."""

import os
from collections.abc import Callable
from typing import Any

import pytest

from intake import sandbox
from intake.sandbox.limits import Limits
from intake.text import clean_body, sandboxed
from intake.text.language import tell

GOOD: dict[str, Any] = {
    "language": "en", "language_sure": True, "removed": {"script": 1}, "flags": [], "fallback": False,
    "words": 2, "characters": 8, "minutes": 1,
}  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("<h1>News</h1><p onclick=x()>They <b>came</b>.<script>x()</script></p>", "html"),
        ("- one\n- two", "light"),
        ("a\n\n\n    b", "verse"),
        ("a <b> \ud800\x00 c\u200b", "plain"),
        ("<p>\ud800half</p>", "html"),
        ("", "html"),
        ("葛\U000e0101城 ᠠ\u180b ۱۰\u200cساله ❤\u200d🔥 nо", "plain"),
        ("<ul><li>" * 30_000, "html"),
        ("Бұл мәтін қазақ тілінде жазылған. مَتن 中文 བོད་ཡིག", "html"),
    ],
)
def test_a_text_comes_out_as_without_the_sandbox(raw: str, kind: Any) -> None:
    assert sandboxed.clean(raw, format=kind) == clean_body(raw, format=kind)


def answering(header: dict[str, Any], *blobs: bytes) -> Callable[..., sandbox.Answer]:
    return lambda *_args, **_kwargs: (header, list(blobs))


@pytest.mark.parametrize(
    ("header", "blobs"),
    [
        (GOOD, [b"<script>x()</script>", b""]),
        (GOOD, [b'<p onclick="x()">a</p>', b"a"]),
        (GOOD, [b'<a href="javascript:x()">a</a>', b"a"]),
        (GOOD, [b"<p>a</p>"]),
        (GOOD, [b"<p>\xff</p>", b""]),
        ({**GOOD, "words": -1}, [b"<p>a</p>", b"a"]),
        ({**GOOD, "words": "many"}, [b"<p>a</p>", b"a"]),
        ({**GOOD, "characters": 10**12}, [b"<p>a</p>", b"a"]),
        ({**GOOD, "removed": [1]}, [b"<p>a</p>", b"a"]),
        ({**GOOD, "removed": {"script": {}}}, [b"<p>a</p>", b"a"]),
        ({**GOOD, "flags": 3}, [b"<p>a</p>", b"a"]),
        ({"language": "en"}, [b"<p>a</p>", b"a"]),
    ],
)
def test_an_answer_that_is_no_clean_text_is_not_believed(
    header: dict[str, Any], blobs: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "run", answering(header, *blobs))
    kept = sandboxed.clean("<b>sent</b>", format="html")
    assert (kept.html, kept.fallback, kept.too_long) == ("<p>&lt;b&gt;sent&lt;/b&gt;</p>", True, False)


def test_unknown_kinds_and_flags_are_left_out_and_long_tags_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {**GOOD, "removed": {"script": 2, "<b>": 1}, "flags": ["<i>", "odd-space"], "language": "x" * 99}
    monkeypatch.setattr(sandbox, "run", answering(told, b"<p>a</p>", b"a"))
    cleaned = sandboxed.clean("a", format="html")
    assert (cleaned.removed, cleaned.flags, cleaned.language) == ({"script": 2}, ["odd-space"], "x" * 12)


def test_a_child_that_crashes_costs_the_markup_only(monkeypatch: pytest.MonkeyPatch) -> None:
    sandboxed.prepare()
    monkeypatch.setattr(sandboxed, "clean_body", lambda *_args, **_kwargs: os.abort())
    kept = sandboxed.clean("<b>sent</b>", format="html")
    assert (kept.text, kept.fallback, kept.too_long) == ("<b>sent</b>", True, False)


def test_a_child_that_spins_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    def spin(*_args: object, **_kwargs: object) -> None:
        while True:
            pass

    sandboxed.prepare()
    monkeypatch.setattr(sandboxed, "clean_body", spin)
    monkeypatch.setattr(sandboxed, "LIMITS", Limits(cpu_seconds=1))
    kept = sandboxed.clean("<b>sent</b>", format="html")
    assert (kept.text, kept.fallback, kept.too_long) == ("<b>sent</b>", True, True)


def test_the_child_opens_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def look(*_args: object, **_kwargs: object) -> None:
        os.close(os.open("/etc/passwd", os.O_RDONLY))

    if sandbox.strength() != "full":
        pytest.skip("System calls cannot be filtered here")
    sandboxed.prepare()
    monkeypatch.setattr(sandboxed, "clean_body", look)
    assert sandboxed.clean("<b>sent</b>", format="html").fallback


def test_a_language_is_told_as_without_the_sandbox() -> None:
    for text in ("Yesterday the workers went to the square.", "", "\ud800\x00", "昨天工人們在廣場上抗議"):
        assert sandboxed.tell_language(text) == tell(text)


@pytest.mark.parametrize("header", [{}, {"language": "en"}])
def test_a_malformed_language_is_none(monkeypatch: pytest.MonkeyPatch, header: dict[str, Any]) -> None:
    monkeypatch.setattr(sandbox, "run", answering(header))
    assert sandboxed.tell_language("text") is None
