"""Texts cleaned in the sandbox: the result equals that outside it, and the child process's answer is not trusted."""

from dataclasses import replace
from typing import Any

import pytest

from intake import sandbox
from intake.sandbox.limits import Limits
from intake.text import CleanText, clean_body, keep_as_text, sandboxed
from intake.text.answers import CLEAN, LANGUAGE, CleanedTextAnswer
from intake.text.language import Told, tell
from tests.sandbox import tasks

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


@pytest.fixture
def forged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the tasks of children by tasks that answer with their input, so that a test can forge any answer."""
    monkeypatch.setattr(sandboxed, "CLEAN", tasks.forged(CLEAN))
    monkeypatch.setattr(sandboxed, "LANGUAGE", tasks.forged(LANGUAGE))


BAD: dict[str, list[Any]] = {
    "language": ["", "english", "EN", "e", "en-" + "x" * 20, "<b>", 7, [], "en\n"],
    "language_sure": [1, "yes", None],
    "words": [-1, "many", 10**8, 1.5, 1e999, True, None, []],
    "characters": [-1, 10**12, "1"],
    "minutes": [-1, 10**8, 0.5],
    "removed": [[1], {"script": {}}, {"script": -1}, {"script": True}, {"script": 10**9}, {"<b>": 1}, None],
    "flags": [3, ["<i>"], "odd-space", [7], ["odd-space"] * 99, None],
    "fallback": ["", 0, None],
    "another": ["field"],
}
FORGED = [
    *((GOOD | {field: value}, [b"<p>a</p>", b"a"]) for field, values in BAD.items() for value in values),
    *(({name: GOOD[name] for name in GOOD if name != left_out}, [b"<p>a</p>", b"a"]) for left_out in GOOD),
    ({}, [b"<p>a</p>", b"a"]),
    (GOOD, []),
    (GOOD, [b"<p>a</p>"]),
    (GOOD, [b"<p>a</p>", b"a", b"a"]),
    (GOOD, [b"<p>\xff</p>", b""]),
    (GOOD, [b"<p>a</p>", b"\xff"]),
    (GOOD, [b"<p>a</p>", b"another text"]),
    (GOOD, [b"<script>x()</script>", b""]),
    (GOOD, [b'<p onclick="x()">a</p>', b"a"]),
    (GOOD, [b'<a href="javascript:x()">a</a>', b"a"]),
    ({"refused": "<b>"}, []),
    ({"refused": "damaged", "detail": "Алма" * 99}, []),
]


def test_every_field_of_an_answer_is_forged_here() -> None:
    assert set(BAD) - {"another"} == set(GOOD) == set(CleanedTextAnswer.model_fields)


@pytest.mark.usefixtures("forged")
@pytest.mark.parametrize(("header", "blobs"), FORGED)
def test_an_answer_that_is_no_clean_text_is_not_believed(
    header: dict[str, Any], blobs: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    sent = tasks.lie(header, *blobs).decode()
    kept = sandboxed.clean(sent, format="html")
    assert kept == keep_as_text(sent, format="html")
    assert caplog.messages
    assert "Алма" not in caplog.text


@pytest.mark.usefixtures("forged")
def test_an_honest_answer_is_believed() -> None:
    cleaned = sandboxed.clean(tasks.lie(GOOD, b"<p>a</p>", b"a").decode(), format="html")
    assert (cleaned.html, cleaned.removed, cleaned.language) == ("<p>a</p>", {"script": 1}, "en")


def clean_with(monkeypatch: pytest.MonkeyPatch, function: str) -> CleanText:
    """Clean a text in a child that runs a function of `tasks` instead."""
    monkeypatch.setattr(sandboxed, "CLEAN", replace(tasks.forged(CLEAN), function=function))
    return sandboxed.clean("<b>sent</b>", format="html")


def test_a_child_that_crashes_costs_the_markup_only(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = clean_with(monkeypatch, "crash")
    assert (kept.text, kept.fallback, kept.too_long) == ("<b>sent</b>", True, False)


def test_a_child_that_spins_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandboxed, "LIMITS", Limits(cpu_seconds=1))
    kept = clean_with(monkeypatch, "spin")
    assert (kept.text, kept.fallback, kept.too_long) == ("<b>sent</b>", True, True)


def test_the_child_opens_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    if sandbox.strength() != "full":
        pytest.skip("System calls cannot be filtered here")
    assert clean_with(monkeypatch, "open_a_file").fallback


def test_a_language_is_told_as_without_the_sandbox() -> None:
    for text in ("Yesterday the workers went to the square.", "", "\ud800\x00", "昨天工人們在廣場上抗議"):
        assert sandboxed.tell_language(text) == tell(text)


@pytest.mark.usefixtures("forged")
@pytest.mark.parametrize(
    "header",
    [
        {},
        {"language": "en"},
        {"language": "en", "language_sure": 1},
        {"language": "<b>", "language_sure": True},
        {"language": "en", "language_sure": True, "words": 1},
    ],
)
def test_a_malformed_language_is_none(header: dict[str, Any]) -> None:
    assert sandboxed.tell_language(tasks.lie(header).decode()) is None


@pytest.mark.usefixtures("forged")
def test_a_sound_language_is_believed() -> None:
    told = sandboxed.tell_language(tasks.lie({"language": "zh-Hans", "language_sure": False}).decode())
    assert told == Told("zh-Hans", sure=False)
