from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.addresses import targets

ADDRESS = "https://example.org/a?b=ÿ~"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("https%3A%2F%2Fexample.org", "https://example.org"),
        ("https%253A%252F%252Fexample.org", "https://example.org"),
        ("https://example.org/%2561", "https://example.org/%61"),
        ("%2F%2Fexample.org", "https://example.org"),
        ("www.example.org%2Fa", "http://www.example.org/a"),
        ("javascript%3Aalert(1)", "javascript:alert(1)"),
        ("two+words", None),
        ("%2Fpath", None),
        ("", None),
    ],
)
def test_decoded(value: str, expected: str | None) -> None:
    assert targets.decoded(value) == expected


def test_an_address_that_is_not_encoded_stays_as_written() -> None:
    assert targets.as_written("https://example.org/%2561") == "https://example.org/%2561"
    assert targets.as_written("https%3A//example.org/") == "https://example.org/"


@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
def test_base64_of_both_alphabets(encode: Callable[[bytes], bytes]) -> None:
    value = encode(ADDRESS.encode()).decode()
    assert targets.from_base64(value) == targets.from_base64(value.rstrip("=")) == ADDRESS


@given(st.text(max_size=30))
def test_any_value_may_come(value: str) -> None:
    assert (targets.from_base64(value) or "http").startswith("http")
    targets.decoded(value)
