import codecs

import pytest

from intake.documents.rtf import charsets


@pytest.mark.parametrize("number", range(256))
def test_every_character_set_has_a_codec(number: int) -> None:
    name = charsets.of_charset(number)
    assert name is None or codecs.lookup(name)


@pytest.mark.parametrize("number", [437, 866, 936, 1251, 10007, 20866, 65001])
def test_usual_code_pages_have_a_codec(number: int) -> None:
    assert codecs.lookup(charsets.of_page(number) or "")


def test_an_unknown_page_has_none() -> None:
    assert charsets.of_page(12345) is None


def test_all_codecs_load() -> None:
    charsets.prepare()
