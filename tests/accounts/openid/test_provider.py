"""Configuration and keys of the OpenID provider."""

from collections.abc import Iterator
from typing import Any

import pytest

from intake.accounts.openid import provider as providers
from intake.accounts.openid.http_client import ProviderAway, ProviderMisconfigured
from intake.accounts.openid.provider import WELL_KNOWN, Provider
from intake.health import doctor
from intake.settings import Settings
from tests.openid_provider import CLIENT, SECRET, OpenIDProvider


@pytest.fixture
def op() -> Iterator[OpenIDProvider]:
    """Provider that answers on this machine."""
    providers.forget()
    made = OpenIDProvider()
    yield made
    made.close()


def known(op: OpenIDProvider, secret: str = SECRET) -> Provider:
    return Provider(op.issuer, CLIENT, secret, "Example House", False)


WRONG: dict[str, dict[str, Any]] = {
    "other issuer": {"issuer": "https://login.example.org"},
    "issuer with a slash": {"issuer": "/"},
    "no token endpoint": {"token_endpoint": None},
    "token endpoint elsewhere without https": {"token_endpoint": "http://login.example.org/token"},
    "no code flow": {"response_types_supported": ["id_token"]},
    "shared secrets alone": {"id_token_signing_alg_values_supported": ["HS256", "none"]},
    "keys for the secret alone": {"token_endpoint_auth_methods_supported": ["private_key_jwt"]},
}


@pytest.mark.parametrize("document", WRONG.values(), ids=WRONG)
def test_a_wrong_configuration_is_refused_and_remembered_for_seconds(
    op: OpenIDProvider, document: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    op.document = document
    with pytest.raises(ProviderMisconfigured):
        providers.configuration(known(op))
    op.document = {}
    with pytest.raises(ProviderMisconfigured):
        providers.configuration(known(op))
    monkeypatch.setattr(providers, "FAILED_SECONDS", -1)
    assert providers.configuration(known(op)).token_endpoint == f"{op.issuer}/token"


def test_the_configuration_is_kept_for_a_time(op: OpenIDProvider, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        providers.configuration(known(op))
    assert op.asked == [WELL_KNOWN]
    monkeypatch.setattr(providers, "KEPT_SECONDS", -1)
    providers.configuration(known(op))
    assert op.asked == [WELL_KNOWN] * 2


@pytest.mark.parametrize(
    ("offered", "secret", "method"),
    [
        (None, SECRET, "client_secret_basic"),
        (["client_secret_post"], SECRET, "client_secret_post"),
        (["client_secret_post", "client_secret_basic"], SECRET, "client_secret_basic"),
        (["client_secret_post"], "", "none"),
    ],
)
def test_the_secret_is_given_as_the_provider_wants_it(
    op: OpenIDProvider, offered: list[str] | None, secret: str, method: str
) -> None:
    op.document = {"token_endpoint_auth_methods_supported": offered} if offered else {}
    assert providers.configuration(known(op, secret)).method == method


KEYS: dict[str, Any] = {
    "none": {"keys": []},
    "no list": {"keys": "all"},
    "shared secret": {"keys": [{"kty": "oct", "k": "c2VjcmV0"}]},
    "for encryption": {"keys": [{"kty": "RSA", "use": "enc", "n": "AQAB", "e": "AQAB"}]},
    "broken": {"keys": [{"kty": "RSA", "n": "?", "e": "?"}]},
}


@pytest.mark.parametrize("found", KEYS.values(), ids=KEYS)
def test_keys_that_sign_nothing_are_refused(op: OpenIDProvider, found: dict[str, Any]) -> None:
    op.answers["/keys"] = lambda: (200, found)
    with pytest.raises(ProviderMisconfigured):
        providers.keys(known(op))


def test_a_provider_that_is_down_is_away(op: OpenIDProvider) -> None:
    op.close()
    with pytest.raises(ProviderAway):
        providers.keys(known(op))


def test_the_doctor_reads_configuration_and_keys(op: OpenIDProvider) -> None:
    settings = Settings(oidc_issuer=op.issuer, oidc_client_id=CLIENT, desk_url="https://desk.example.org")
    assert doctor.check_provider(Settings()).ok
    well = doctor.check_provider(settings)
    assert well.ok
    assert "1 key." in well.seen
    assert "https://desk.example.org/login/openid/callback" in well.seen
    op.document = {"issuer": "https://login.example.org"}
    wrong = doctor.check_provider(settings)
    assert (wrong.ok, wrong.advice) == (False, doctor.RIGHT_PROVIDER)
    assert "https://login.example.org" in wrong.seen
    op.close()
    assert doctor.check_provider(settings).advice == doctor.REACH_PROVIDER
