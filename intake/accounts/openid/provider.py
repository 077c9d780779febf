"""The OpenID provider of the settings: its configuration and its keys, each kept for an hour."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from intake.accounts.openid.http_client import (
    ProviderAway,
    ProviderBusy,
    ProviderMisconfigured,
    check_address,
    request_json,
)
from intake.settings import Settings

KEPT_SECONDS = 3600
FAILED_SECONDS = 5
"""Time for which a failure is remembered, so that many log-in attempts do not all wait for a provider that is down."""
WELL_KNOWN = "/.well-known/openid-configuration"
ALGORITHMS = (
    "RS256",
    "PS256",
    "ES256",
    "EdDSA",
    "Ed25519",
    "RS384",
    "PS384",
    "ES384",
    "RS512",
    "PS512",
    "ES512",
)
"""Accepted signature algorithms, all with a key pair. A shared secret (HS256) or no signature proves nothing."""
KEY_TYPES = frozenset({"RSA", "EC", "OKP"})
METHODS = ("client_secret_basic", "client_secret_post")

T = TypeVar("T")


@dataclass(frozen=True)
class Provider:
    """The OpenID provider by which people may log in."""

    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    name: str
    trusts_factor: bool

    @classmethod
    def of(cls, settings: Settings) -> "Provider | None":
        """Return the provider of the settings, or None if there is none."""
        if not settings.oidc_issuer:
            return None
        return cls(
            settings.oidc_issuer,
            settings.oidc_client_id,
            settings.oidc_client_secret,
            settings.oidc_name,
            settings.oidc_second_factor == "trust",
        )


@dataclass(frozen=True)
class Configuration:
    """Contents of the provider's discovery document (OpenID Connect Discovery 1.0, section 3).

    `names_issuer`: answers in the browser carry the issuer (RFC 9207).
    """

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    method: str
    algorithms: tuple[str, ...]
    names_issuer: bool


_kept: dict[tuple[str, object], tuple[float, Any]] = {}
_failed: dict[tuple[str, object], tuple[float, Exception]] = {}


def configuration(provider: Provider) -> Configuration:
    """Return the provider's configuration. Raises ProviderAway and ProviderMisconfigured."""
    return _remembered(("configuration", provider), lambda: _read_configuration(provider))


def keys(provider: Provider, *, refresh: bool = False) -> KeySet:
    """Return the keys with which the provider signs. With `refresh`, they are fetched even if they are known.

    Raises ProviderAway and ProviderMisconfigured.
    """
    address = configuration(provider).jwks_uri
    return _remembered(("keys", address), lambda: _read_keys(address), refresh=refresh)


def forget() -> None:
    """Empty the cache of configuration and keys, so that the next request asks the provider."""
    _kept.clear()
    _failed.clear()


def _remembered(key: tuple[str, object], read: Callable[[], T], *, refresh: bool = False) -> T:
    at, value = _kept.get(key, (0.0, None))
    if refresh or value is None or time.monotonic() - at > KEPT_SECONDS:
        value = _read(key, read)
        _kept[key] = time.monotonic(), value
    return value  # type: ignore[no-any-return]


def _read(key: tuple[str, object], read: Callable[[], T]) -> T:
    failed = _failed.get(key)
    if failed and time.monotonic() - failed[0] < FAILED_SECONDS:
        raise failed[1]
    try:
        return read()
    except ProviderBusy:
        raise
    except (ProviderAway, ProviderMisconfigured) as error:
        _failed[key] = time.monotonic(), error
        raise


def _read_configuration(provider: Provider) -> Configuration:
    status, found = request_json("GET", provider.issuer.rstrip("/") + WELL_KNOWN)
    if status != 200:
        raise ProviderMisconfigured(f"{provider.issuer}{WELL_KNOWN} answers {status}")
    if found.get("issuer") != provider.issuer:
        raise ProviderMisconfigured(
            f"its configuration names the issuer {str(found.get('issuer'))[:200]}, but TRANSOM_OIDC_ISSUER is {provider.issuer}"
        )
    if "code" not in _words(found, "response_types_supported", ["code"]):
        raise ProviderMisconfigured("it has no authorization code flow")
    return Configuration(
        authorization_endpoint=check_address(found.get("authorization_endpoint"), provider.issuer),
        token_endpoint=check_address(found.get("token_endpoint"), provider.issuer),
        jwks_uri=check_address(found.get("jwks_uri"), provider.issuer),
        method=_method(provider, found),
        algorithms=_algorithms(found),
        names_issuer=found.get("authorization_response_iss_parameter_supported") is True,
    )


def _method(provider: Provider, found: dict[str, Any]) -> str:
    """Return the method to send the client secret by, "none" without a secret. Raises ProviderMisconfigured."""
    if not provider.client_secret:
        return "none"
    offered = _words(found, "token_endpoint_auth_methods_supported", METHODS[:1])
    for method in METHODS:
        if method in offered:
            return method
    raise ProviderMisconfigured(f"it takes a client secret by none of {', '.join(METHODS)}")


def _algorithms(found: dict[str, Any]) -> tuple[str, ...]:
    offered = _words(found, "id_token_signing_alg_values_supported", ALGORITHMS[:1])
    common = tuple(name for name in ALGORITHMS if name in offered)
    if not common:
        raise ProviderMisconfigured("it signs ID tokens by none of the methods that Transom accepts")
    return common


def _words(found: dict[str, Any], name: str, default: Any) -> list[str]:
    value = found.get(name, default)
    return [word for word in value if isinstance(word, str)] if isinstance(value, (list, tuple)) else []


def _read_keys(address: str) -> KeySet:
    status, found = request_json("GET", address)
    listed = found.get("keys")
    if status != 200 or not isinstance(listed, list):
        raise ProviderMisconfigured(f"{address} has no keys")
    wanted = [
        key
        for key in listed
        if isinstance(key, dict) and key.get("kty") in KEY_TYPES and key.get("use", "sig") == "sig"
    ]
    try:
        return KeySet.import_key_set({"keys": wanted})
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise ProviderMisconfigured(f"{address} has no key that can be read") from error
