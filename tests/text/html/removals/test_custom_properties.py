import pytest
import tinycss2

from intake.text.html.removals import custom_properties


def filled(value: str, **variables: str) -> str | None:
    known = {f"--{name}": tinycss2.parse_component_value_list(text) for name, text in variables.items()}
    found = custom_properties.filled(tinycss2.parse_component_value_list(value), known)
    return None if found is None else tinycss2.serialize(found).strip()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("red", "red"), ("var(--a)", "none"), ("1px var( --a ) x", "1px none x"), ("var(--b)", "none"), ("var(--c)", None),
        ("var(--c, red)", "red"), ("var(--c, var(--a))", "none"), ("var(--c,)", ""), ("var(--d)", None), ("var()", None),
    ],
)  # fmt: skip
def test_values_of_variables(value: str, expected: str | None) -> None:
    assert filled(value, a="none", b="var(--a)", d="var(--d)") == expected


def test_many_variables_in_variables_are_not_followed() -> None:
    assert filled("var(--a)", a="var(--b) " * 99, b="var(--c) " * 99, c="var(--d) " * 99) is None
