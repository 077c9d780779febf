from random import Random

import pytest

from tests.documents.test_init import MARKDOWN, RTF
from tests.fuzz.documents import tokens

XML = b'<?xml version="1.0"?><a b="c"><d/>text<e><f>g</f></e><!-- h --></a>'


@pytest.mark.parametrize("data", [XML, RTF, MARKDOWN, b"", b"{\\rtf1 \\", b"<a<b>>", b"\n\na"])
def test_joined_tokens_are_the_same_bytes(data: bytes) -> None:
    assert b"".join(tokens.split(data)) == data


@pytest.mark.parametrize("data", [XML, RTF])
def test_an_element_is_taken_with_its_end(data: bytes) -> None:
    parts = tokens.split(data)
    for seed in range(200):
        start, end = tokens.whole(Random(seed), parts)
        taken = parts[start:end]
        assert sum(map(tokens.opens, taken)) == sum(map(tokens.closes, taken))


def test_only_tags_and_braces_open_and_close() -> None:
    assert [tokens.opens(token) for token in (b"<a>", b"{", b"<a/>", b"</a>", b"<!-- a -->", b"<?a?>", b"a")] == [
        True, True, False, False, False, False, False,
    ]  # fmt: skip
    assert [tokens.closes(token) for token in (b"</a>", b"}", b"<a>", b"a")] == [True, True, False, False]
