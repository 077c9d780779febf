import pytest
import tinycss2

from intake.text.html.removals import selector_tokens


def nested(inner: str, outer: str | None) -> list[str]:
    around = None if outer is None else selector_tokens.split(tinycss2.parse_component_value_list(outer))
    found = selector_tokens.nested(tinycss2.parse_component_value_list(inner), around)
    return [tinycss2.serialize(part).strip() for part in found]


@pytest.mark.parametrize(
    ("inner", "outer", "expected"),
    [
        ("b, i", None, ["b", "i"]),
        (".a", "p", ["p .a"]),
        ("&.a", " p ", ["p.a"]),
        (".a &", "p", [".a p"]),
        ("> b", "p", ["p > b"]),
        ("b, &:hover", "p, q", ["p b", "p:hover", "q b", "q:hover"]),
        ("&" * 100, "p q r", [""]),
    ],
)
def test_selectors_in_selectors(inner: str, outer: str | None, expected: list[str]) -> None:
    assert nested(inner, outer) == expected


def test_no_more_selectors_than_allowed() -> None:
    assert len(nested("b," * 40 + "i", "p," * 40 + "q")) == selector_tokens.MOST_PARTS
