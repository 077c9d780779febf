import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.text.addresses import hosts


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("example.org", ("example.org", "example.*")),
        ("WWW.Example.org:8080", ("www.example.org", "www.example.*", "example.org", "example.*")),
        ("google.co.uk", ("google.co.uk", "google.*", "co.uk")),
        ("google.evil.example", ("google.evil.example", "google.evil.*", "evil.example", "evil.*")),
        ("example.org.", ("example.org", "example.*")),
        ("localhost", ()),
        ("a..b", ()),
        ("[2001:db8::1]", ()),
        ("", ()),
        ("a." * 300 + "org", ()),
    ],
)
def test_names_of_a_host(host: str, expected: tuple[str, ...]) -> None:
    assert hosts.names(host) == expected


@given(st.text(max_size=40) | st.text("a.:co", max_size=40))
def test_any_string_may_be_a_host(host: str) -> None:
    assert all("." in name for name in hosts.names(host))
