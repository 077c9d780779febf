import pytest

from intake.documents import reading
from intake.documents.document import Document
from intake.documents.refusal import DocumentRefused


def outcome(document: Document | Exception) -> DocumentRefused:
    def parse(_data: bytes) -> Document:
        if isinstance(document, Exception):
            raise document
        return document

    with pytest.raises(DocumentRefused) as refused:
        reading.guarded(parse, b"")
    return refused.value


def test_faults_become_refusals_that_quote_nothing() -> None:
    refused = outcome(ValueError("LEAK"))
    assert refused.reason == "damaged"
    assert refused.detail.startswith("ValueError in test_reading.py:")


def test_refusals_and_lack_of_memory_pass() -> None:
    assert outcome(DocumentRefused("encrypted")).reason == "encrypted"

    def parse(_data: bytes) -> Document:
        raise MemoryError

    with pytest.raises(MemoryError):
        reading.guarded(parse, b"")
