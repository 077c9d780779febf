"""Documents read in the sandbox: the same result as outside it, and no trust in the child's answer."""

from collections.abc import Callable
from typing import Any

import pytest

from intake import documents, sandbox
from intake.documents import samples, sandboxed
from intake.documents.document import Document, Picture
from intake.documents.refusal import DocumentRefused
from intake.sandbox.refusal import Refused
from tests.documents.test_init import SEEDS

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


def test_a_larger_limit_may_be_set() -> None:
    with pytest.raises(DocumentRefused, match="too_long"):
        sandboxed.read(b"a" * 400_000, "a.txt")
    assert len(sandboxed.read(b"a" * 400_000, "a.txt", max_html_bytes=500_000).html) > 400_000


def answering(header: Any, *blobs: bytes) -> Callable[..., sandbox.Answer]:
    return lambda *_args, **_kwargs: (header, list(blobs))


GOOD: dict[str, Any] = {"removed": {"comment": 1}, "notes": ["encoding-guessed", "nonsense"]}


def test_the_answer_is_read_field_by_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "run", answering(GOOD, b"<p>a</p>", b"x"))
    expected = Document("<p>a</p>", [Picture(b"x")], notes=["encoding-guessed"])
    expected.removed["comment"] = 1
    assert sandboxed.read(b"a") == expected


@pytest.mark.parametrize(
    ("header", "blobs"),
    [
        (GOOD, []),
        (GOOD, [b"\xff"]),
        ({"notes": []}, [b"a"]),
        ({"removed": {}}, [b"a"]),
        ({**GOOD, "removed": {"a": -1}}, [b"a"]),
        ({**GOOD, "removed": []}, [b"a"]),
        ({**GOOD, "notes": 3}, [b"a"]),
    ],
)
def test_a_malformed_answer_is_a_refusal(
    header: dict[str, Any], blobs: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sandbox, "run", answering(header, *blobs))
    with pytest.raises(DocumentRefused, match="damaged"):
        sandboxed.read(b"a")


@pytest.mark.parametrize(("given", "told"), [("too_slow", "too_slow"), ("nonsense", "damaged")])
def test_a_failure_of_the_child_is_a_refusal(given: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object, **_kwargs: object) -> sandbox.Answer:
        raise Refused(given)

    monkeypatch.setattr(sandbox, "run", fail)
    with pytest.raises(DocumentRefused, match=told):
        sandboxed.read(b"a")
