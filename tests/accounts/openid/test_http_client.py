"""Limits of requests to the OpenID provider. tests/web/login/openid tries the answers."""

import pytest

from intake.accounts.openid.http_client import ProviderMisconfigured, check_address, request_json

HERE, THERE = "http://127.0.0.1:3000", "https://login.example.org"


@pytest.mark.parametrize(
    ("url", "issuer"),
    [(f"{THERE}/token", THERE), ("https://other.example/keys", THERE), ("http://localhost:3000/keys", HERE)],
)
def test_only_https_is_taken_but_on_this_machine(url: str, issuer: str) -> None:
    assert check_address(url, issuer) == url


@pytest.mark.parametrize(
    ("url", "issuer"),
    [
        ("http://login.example.org/token", THERE),
        (f"{HERE}/token", THERE),
        ("http://login.example.org/token", HERE),
        ("https://name@login.example.org/token", THERE),
        ("file:///etc/passwd", HERE),
        ("https:///token", THERE),
        (None, THERE),
        (["https://login.example.org"], THERE),
    ],
)
def test_another_address_of_the_configuration_is_refused(url: object, issuer: str) -> None:
    with pytest.raises(ProviderMisconfigured):
        check_address(url, issuer)


def test_an_address_that_cannot_be_read_is_a_wrong_configuration() -> None:
    with pytest.raises(ProviderMisconfigured):
        request_json("GET", "http://127.0.0.1:port/keys")
