"""Documents read in the sandbox: the same result as outside it, and no trust in the child's answer."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from intake import documents, sandbox
from intake.documents import samples, sandboxed
from intake.documents.answers import KIND, READ
from intake.documents.document import Document, Picture
from intake.documents.refusal import DocumentRefused
from intake.sandbox.limits import MB
from intake.sandbox.refusal import Refused
from tests.documents import made
from tests.documents.heavy import HEAVY
from tests.documents.test_init import SEEDS
from tests.sandbox import tasks

SEEN = [
    *SEEDS[:2],
    (samples.docx(), "a.docx"),
    (samples.odt(), "a.odt"),
    ("昨夜、町で停電がありました。".encode("shift_jis"), "a.txt"),
]


@pytest.mark.parametrize(("data", "name"), SEEN)
def test_a_document_comes_out_as_without_the_sandbox(data: bytes, name: str) -> None:
    assert sandboxed.read(data, name) == documents.read(data, name)


def test_pictures_come_back() -> None:
    document = sandboxed.read(rb"{\rtf1 a {\pict\pngblip 0102}{\v b}}", "a.rtf")
    assert document.pictures == [Picture(b"\x01\x02")]
    assert document.removed == {"hidden": 1}


def test_a_refusal_keeps_its_reason() -> None:
    with pytest.raises(DocumentRefused, match="pdf"):
        sandboxed.read(b"%PDF-1.3", "a.pdf")


def outcome(data: bytes, name: str) -> Document | DocumentRefused:
    try:
        return sandboxed.read(data, name)
    except DocumentRefused as refused:
        return refused


def read_or_refuse(data: bytes, name: str) -> None:
    """Read a file, which must give a document, or a refusal other than a crash of the child. Then read a valid file, too."""
    found = outcome(data, name)
    assert not (isinstance(found, DocumentRefused) and found.detail.startswith("ended by"))
    assert sandboxed.read(samples.docx(), "a.docx").html == "<p>A</p>"


@pytest.mark.parametrize("name", [*made.REFUSED, *made.ACCEPTED])
def test_hostile_files_end_in_a_document_or_a_refusal(name: str) -> None:
    read_or_refuse((made.REFUSED | made.ACCEPTED)[name], "a.docx")


def test_lack_of_memory_in_the_parser_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandboxed, "LIMITS", replace(sandboxed.LIMITS, memory_bytes=60 * MB))
    with pytest.raises(DocumentRefused, match="too_much_memory"):
        sandboxed.read(HEAVY["docx: attributes"][1](), "a.docx")


@pytest.mark.slow
@pytest.mark.parametrize("way", HEAVY)
def test_heavy_files_stay_within_the_limits(way: str) -> None:
    name, build = HEAVY[way]
    read_or_refuse(build(), name)


@pytest.mark.slow
def test_threads_read_at_the_same_time() -> None:
    names = ["a.docx", "a.odt"] * 12
    files = [samples.docx(), samples.odt()] * 12
    with ThreadPoolExecutor(6) as pool:
        for document in pool.map(sandboxed.read, files, names):
            assert document.html == "<p>A</p>"
        assert list(pool.map(sandboxed.check, files, names)) == [None] * 24
        assert set(pool.map(reason, [b"%PDF-1.3"] * 12)) == {"pdf"}


def reason(data: bytes) -> str:
    with pytest.raises(DocumentRefused) as refused:
        sandboxed.check(data)
    return refused.value.reason


def test_a_larger_limit_may_be_set() -> None:
    with pytest.raises(DocumentRefused, match="too_long"):
        sandboxed.read(b"a" * 400_000, "a.txt")
    assert len(sandboxed.read(b"a" * 400_000, "a.txt", max_html_bytes=500_000).html) > 400_000


@pytest.fixture
def forged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replace the tasks of children by tasks that answer with their input, so that a test can forge any answer."""
    monkeypatch.setattr(sandboxed, "READ", tasks.forged(READ))
    monkeypatch.setattr(sandboxed, "KIND", tasks.forged(KIND))


NO_REMOVED: list[Any] = [
    [], None, 3, {"a": 1}, {"comment": -1}, {"comment": 1.5}, {"comment": True}, {"comment": 10**9}, {"comment": {}},
    {"comment": "1"},
]  # fmt: skip
NO_NOTES: list[Any] = [3, None, "encoding-guessed", ["<b>"], [7], [[]], ["encoding-guessed"] * 9]
GOOD: dict[str, Any] = {"removed": {"comment": 1}, "notes": ["encoding-guessed"]}


@pytest.mark.usefixtures("forged")
def test_an_honest_answer_is_believed() -> None:
    expected = Document("<p>a</p>", [Picture(b"x")], notes=["encoding-guessed"])
    expected.removed["comment"] = 1
    assert sandboxed.read(tasks.lie(GOOD, b"<p>a</p>", b"x")) == expected


@pytest.mark.usefixtures("forged")
@pytest.mark.parametrize(
    ("header", "blobs"),
    [
        (GOOD, []),
        (GOOD, [b"\xff"]),
        (GOOD, [b"a" * 400_000]),
        (GOOD, [b"a"] * 10_002),
        ({"notes": []}, [b"a"]),
        ({"removed": {}}, [b"a"]),
        *((GOOD | {"removed": wrong}, [b"a"]) for wrong in NO_REMOVED),
        *((GOOD | {"notes": wrong}, [b"a"]) for wrong in NO_NOTES),
        (GOOD | {"html": "<p>"}, [b"a"]),
        ({"refused": "Алма"}, []),
        ({"refused": "pdf", "detail": "x" * 999}, []),
        ({"refused": "pdf", "more": 1}, []),
    ],
)
def test_a_malformed_answer_is_a_refusal(
    header: dict[str, Any], blobs: list[bytes], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(DocumentRefused, match="damaged"):
        sandboxed.read(tasks.lie(header, *blobs))
    assert [record.levelname for record in caplog.records] == ["ERROR"]


@pytest.mark.usefixtures("forged")
@pytest.mark.parametrize("header", [{}, {"kind": "exe"}, {"kind": 7}, {"kind": "txt", "more": 1}])
def test_a_forged_kind_is_a_refusal(header: dict[str, Any]) -> None:
    with pytest.raises(DocumentRefused, match="damaged"):
        sandboxed.check(tasks.lie(header))


@pytest.mark.parametrize(("given", "told"), [("too_slow", "too_slow"), ("nonsense", "damaged")])
def test_a_failure_of_the_child_is_a_refusal(given: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise Refused(given)

    monkeypatch.setattr(sandbox, "run", fail)
    with pytest.raises(DocumentRefused, match=told):
        sandboxed.read(b"a")


@pytest.mark.parametrize(("name", "html"), [("a.txt", "<pre>a\n b</pre>"), ("a.md", "<p>a<br>b</p>\n")])
def test_verse_keeps_its_lines(name: str, html: str) -> None:
    assert sandboxed.read(b"a\n b", name, is_verse=True).html == html
    assert sandboxed.read(samples.docx(), "a.docx", is_verse=True).html == "<p>A</p>"
