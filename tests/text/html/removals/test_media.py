import pytest
import tinycss2

from intake.text.html.removals import media

HOLD = [
    "", "screen", "all", "print, screen", "not print", "only screen and (min-width:300px)", "(max-width: 2000px)", "(min-height:1px)",
    "(min-device-width:100px)", "(width >= 100px)", "(100px < width <= 1280px)", "(1280px=width)", "(color)", "(hover: hover)",
    "(orientation:landscape)", "(prefers-color-scheme: light)", "not (width < 100px)", "(width < 1px) or (color)", "((color) and (hover))",
    "not all and (monochrome)",
]  # fmt: skip
HOLD_NOT = [
    "print", "speech", "not screen", "screen and (max-width:600px)", "(min-width:9000px)", "(width <= 100px)", "(9000px < width)",
    "(width > 1280px)", "(width: bogus)", "(min-width)", "(prefers-color-scheme:dark)", "(orientation:portrait)", "(hover:none)",
    "(color) and (width < 1px)", "not (color)", "(unknown: x)", "(width = 1px)",
]  # fmt: skip


@pytest.mark.parametrize("query", HOLD)
def test_queries_that_hold(query: str) -> None:
    assert media.are_queries_for_screens(query)


@pytest.mark.parametrize("query", HOLD_NOT)
def test_queries_that_do_not_hold(query: str) -> None:
    assert not media.are_queries_for_screens(query)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [("(display:grid)", True), ("not (display:grid)", False), ("selector(a)", True)],
)
def test_what_browsers_support(condition: str, *, expected: bool) -> None:
    assert media.is_supported(tinycss2.parse_component_value_list(condition)) == expected
