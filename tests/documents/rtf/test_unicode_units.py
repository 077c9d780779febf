from hypothesis import given
from hypothesis import strategies as st

from intake.documents.rtf.unicode_units import Units


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_comes_back(text: str) -> None:
    units = Units()
    data = text.encode("utf-16-le")
    for place in range(0, len(data), 2):
        value = int.from_bytes(data[place : place + 2], "little")
        units.add(value - 0x10000 if value > 0x7FFF else value)
    assert (units.take(), units.take()) == (text, "")


def test_half_a_pair_is_replaced() -> None:
    units = Units()
    for number in (0xD800, 65, 1 << 31, -(1 << 31)):
        units.add(number)
    assert units.take() == "\ufffdA"
