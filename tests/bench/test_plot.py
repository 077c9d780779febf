from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from tests.bench.plot import DARK, LIGHT, plot
from tests.bench.standins import outcome

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*outcomes: object) -> ET.Element:
    return ET.fromstring(plot("Bench <pretended>", outcomes))  # type: ignore[arg-type]


def bars(svg: ET.Element) -> list[float]:
    return [float(bar.get("width", "")) for bar in svg.iter(f"{SVG}rect") if bar.get("class") == "bar"]


def test_bars_are_as_long_as_their_figures_within_each_block() -> None:
    lengths = bars(drawn(outcome("A", 1, 30, 5), outcome("B", 4, 15, 5)))
    assert len(lengths) == 6
    assert [first / second for first, second in zip(lengths[::2], lengths[1::2], strict=True)] == [0.25, 2, 1]


def test_nothing_is_drawn_outside() -> None:
    svg = drawn(outcome("A", 1234567, 1, 1), outcome("B"))
    width, height = float(svg.get("width", "")), float(svg.get("height", ""))
    for shape in [
        *svg.iter(f"{SVG}text"),
        *(bar for bar in svg.iter(f"{SVG}rect") if bar.get("class") == "bar"),
    ]:
        assert float(shape.get("x", "")) + float(shape.get("width", 0)) < width
        assert float(shape.get("y", "")) + float(shape.get("height", 0)) < height


def test_lines_do_not_overlap() -> None:
    svg = drawn(outcome("A"), outcome("B"), outcome("C"))
    names = sorted({float(text.get("y", "")) for text in svg.iter(f"{SVG}text")})
    assert len(names) == 3 * 4
    assert all(after - before >= 18 for before, after in pairwise(names))


def test_the_text_alternative_has_title_and_figures() -> None:
    svg = drawn(outcome("A & B", 1.5))
    title, description = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert title.text == "Bench <pretended>"
    assert description.text
    assert "A & B 1.50" in description.text


def test_a_case_without_figures_is_left_out() -> None:
    failed = outcome("unlit")
    failed.error = "the lamp is out"
    svg = drawn(failed, outcome("A"))
    assert len(bars(svg)) == 3
    assert "unlit" not in ET.tostring(svg, encoding="unicode")


def test_figures_of_nought_and_no_figures_at_all_can_be_drawn() -> None:
    assert bars(drawn(outcome("A", 0, 0, 0))) == [0, 0, 0]
    assert bars(drawn()) == []


@pytest.mark.parametrize("palette", [LIGHT, DARK])
def test_words_and_bars_stand_out_from_the_ground(palette: dict[str, str]) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11."""
    assert contrast(palette["words"], palette["ground"]) >= 4.5
    assert contrast(palette["bars"], palette["ground"]) >= 3


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    linear = []
    for start in (1, 3, 5):
        part = int(colour[start : start + 2], 16) / 255
        linear.append(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
