import pytest

from intake.audit import heads
from intake.audit.heads import Head, NotAHead

HEAD = Head(1841, bytes(range(32)))


def test_a_head_is_read_as_it_is_written() -> None:
    assert heads.parse(str(HEAD)) == HEAD


def test_space_line_breaks_and_capitals_of_a_mail_do_no_harm() -> None:
    text = str(HEAD)
    assert heads.parse(f"  {text[:30]}\n{text[30:].upper()}\r\n") == HEAD


@pytest.mark.parametrize(
    "text", ["", "1841", "0-" + "00" * 32, "1841-" + "00" * 31, "1841-" + "0g" * 32, "-1-" + "00" * 32]
)
def test_anything_else_is_no_head(text: str) -> None:
    with pytest.raises(NotAHead):
        heads.parse(text)
