"""A disguised document is read like the original document."""

from random import Random

import pytest

from intake import documents
from tests.documents import made
from tests.documents.reading import words
from tests.documents.test_init import MARKDOWN, RTF
from tests.fuzz.documents.disguises import DISGUISES, disguise
from tests.fuzz.documents.tokens import split


@pytest.mark.parametrize("data", [made.WORD_PLANTED, made.ODT_PLANTED, made.SOUND["table"], RTF, MARKDOWN])
def test_a_disguised_document_has_the_same_words(data: bytes) -> None:
    expected = words(documents.read(data, "a.md").html)
    for seed in range(40):
        again = disguise(Random(seed), [data])
        assert words(documents.read(again, "a.md").html) == expected


@pytest.mark.parametrize("way", DISGUISES, ids=lambda way: way.__name__)
def test_each_way_changes_a_part(way: object) -> None:
    assert callable(way)
    parts = split(b'<?xml version="1.0"?><w:a xmlns:w="x"><w:b/><w:c>text</w:c></w:a>')
    assert any(b"".join(way(Random(n), list(parts))) != b"".join(parts) for n in range(20))
