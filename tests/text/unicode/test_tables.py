import re
import unicodedata

import pytest

from intake.text.unicode import tables


@pytest.mark.parametrize(
    ("char", "code"),
    [("a", "Latn"), ("ж", "Cyrl"), ("ب", "Arab"), ("葛", "Hani"), ("\u0301", "Zinh"), ("1", ""), ("", "")],
)
def test_script(char: str, code: str) -> None:
    assert tables.script(char) == code


def test_variation_sequences() -> None:
    assert tables.is_variation("❤", "\ufe0f")
    assert not tables.is_variation("a", "\ufe0f")
    assert not tables.is_variation("", "\ufe0f")


def test_a_class_holds_its_characters() -> None:
    pattern = re.compile(f"[{tables.char_class('Cyrl', 'mark')}]")
    assert pattern.match("ж")
    assert pattern.match("\u0301")
    assert not pattern.match("a")


def test_marks_are_those_that_python_knows() -> None:
    known = {char for char in map(chr, range(0x110000)) if unicodedata.category(char).startswith("M")}
    assert known <= tables.points("mark")


def test_has() -> None:
    assert tables.has("\ue000", "private")
    assert tables.has("\u0378", "unassigned")
    assert not tables.has("a", "unassigned")


def test_characters_of_one_chinese_writing_only() -> None:
    simplified, traditional = tables.points("simplified"), tables.points("traditional")
    assert set("们说国为") <= simplified
    assert set("們說國為") <= traditional
    assert not set("后里人中") & (simplified | traditional)
    assert not simplified & traditional
