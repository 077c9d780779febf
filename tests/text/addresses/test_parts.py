import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.addresses import parts
from intake.text.unicode import invisible


def test_an_address_is_written_as_it_was_read() -> None:
    for address in (
        "https://a.example/b;c?d=e&f#g",
        "HTTP://a.example",
        "https://a.example?",
        "https://a.example#",
    ):
        assert str(parts.parse(address)) == address


@pytest.mark.parametrize(
    "text", ["", "a", "mailto:a@b.example", "https:a.example", "https://u:p@a.example/", "https://a\\b/"]
)
def test_other_strings_are_no_web_address(text: str) -> None:
    assert parts.parse(text) is None


def test_the_first_of_equal_parameters_counts() -> None:
    address = parts.parse("https://a.example/?URL=1&url=2&amp;B%62=3&c")
    assert address is not None
    assert address.parameters == {"url": "1", "bb": "3", "c": ""}


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("HTTPS://a.example/?#", "https://a.example/"),
        ("https://a.example/ <b>", "https://a.example/%20%3Cb%3E"),
        ("mailto:a@b.example?cc=c@d.example&subject=Report%20A", "mailto:a@b.example?subject=Report%20A"),
        ("mailto:a@b.example?Subject=%20%E2%80%8B", "mailto:a@b.example"),
        (
            "mailto:a@b.example?subject=a%0D%0Abcc:x@y.example",
            "mailto:a@b.example?subject=a%20bcc%3Ax%40y.example",
        ),
        ("mailto:a", None),
        ("javascript:a", None),
    ],
)
def test_the_form_in_which_an_address_is_stored(href: str, expected: str | None) -> None:
    assert parts.safe(href) == expected


def test_a_long_subject_is_cut() -> None:
    kept = parts.safe(f"mailto:a@b.example?subject={'x' * 999}")
    assert kept == f"mailto:a@b.example?subject={'x' * parts.MAX_SUBJECT}"


@given(
    st.text(max_size=40).map("https://{}".format)
    | st.text("a@b.=%2&?subject\u200b\ud800", max_size=60).map("mailto:a@b?{}".format)
)
def test_a_stored_address_is_safe_and_does_not_change(href: str) -> None:
    stored = parts.safe(invisible.bare(href))
    assert stored is None or (parts.is_safe(stored) and parts.safe(stored) == stored)
