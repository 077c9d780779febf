"""Check ID tokens (OpenID Connect Core 1.0, section 3.1.3.7)."""

import time
from dataclasses import dataclass
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from intake.accounts.openid import provider as providers
from intake.accounts.openid.provider import Provider

LEEWAY_SECONDS = 30
"""Largest difference between the clocks of the provider and of this machine."""
MOST_SUBJECT = 255
MULTI_FACTOR_CLASSES = frozenset(
    {
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
        "https://refeds.org/profile/mfa",
    }
)
"""Values of `acr` for several factors: PAPE 1.0 and REFEDS MFA 1.2. `phr` of EAP may be one factor."""
KNOWN = frozenset({"pwd", "pin", "kba"})
HELD = frozenset({"otp", "sms", "tel", "hwk", "swk", "sc", "pop"})
"""Values of `amr` for the possession of a device or key (RFC 8176)."""


class TokenRefused(Exception):
    """The ID token proves nothing. The message is a code without anything personal."""


@dataclass(frozen=True)
class ProvedIdentity:
    """Person whom the provider has recognised. `auth_time` is in seconds since 1970, or None if it is unknown."""

    issuer: str
    subject: str
    auth_time: float | None
    is_multi_factor: bool


def check(provider: Provider, token: object, *, nonce: str, access_token: object = None) -> ProvedIdentity:
    """Return the person of an ID token. Raises TokenRefused, ProviderAway and ProviderMisconfigured."""
    if not isinstance(token, str):
        raise TokenRefused("missing")
    try:
        signed = _verified(provider, token)
        claims = CodeIDToken(
            signed.claims,
            signed.header,
            {
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client_id},
                "sub": {"essential": True},
            },
            {
                "nonce": nonce,
                "client_id": provider.client_id,
                # Authlib cannot compute `at_hash` for this name of the algorithm. In the code flow the check is optional.
                "access_token": None if signed.header.get("alg") == "Ed25519" else access_token,
            },
        )
        claims.validate(leeway=LEEWAY_SECONDS)
    except JoseError as error:
        raise TokenRefused(" ".join(filter(None, (error.error, getattr(error, "claim", ""))))) from error
    except (ValueError, TypeError, KeyError) as error:
        raise TokenRefused(type(error).__name__) from error
    return ProvedIdentity(
        provider.issuer, _subject(claims["sub"]), _moment(claims.get("auth_time")), _is_multi_factor(claims)
    )


def _verified(provider: Provider, token: str) -> jwt.Token:
    """Return the token if one of the provider's keys signed it. For an unknown key, the keys are fetched once more."""
    try:
        return _decoded(provider, token, providers.keys(provider))
    except InvalidKeyIdError:
        return _decoded(provider, token, providers.keys(provider, refresh=True))


def _decoded(provider: Provider, token: str, keys: KeySet) -> jwt.Token:
    algorithms = list(providers.configuration(provider).algorithms)
    return jwt.decode(token, keys, registry=JWSRegistry(algorithms=algorithms, strict_check_header=False))


def _subject(value: Any) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= MOST_SUBJECT or "\0" in value:
        raise TokenRefused("invalid_claim sub")
    return value


def _moment(value: Any) -> float | None:
    """Return a time in the past, or None. Python's JSON parser accepts NaN, for which both comparisons are false."""
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return value if is_number and 0 < value <= time.time() + LEEWAY_SECONDS else None


def _is_multi_factor(claims: dict[str, Any]) -> bool:
    """Return whether the provider says that it asked for several factors."""
    ways = {way for way in claims.get("amr") or () if isinstance(way, str)}
    acr = claims.get("acr")
    return (
        "mfa" in ways
        or bool(ways & KNOWN and ways & HELD)
        or (isinstance(acr, str) and acr in MULTI_FACTOR_CLASSES)
    )
