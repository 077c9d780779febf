"""OpenID authorization code flow with PKCE: build the authorization URL, and exchange the code for an ID token."""

import hmac
import secrets
from dataclasses import dataclass

from authlib.oauth2.auth import ClientAuth
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri, prepare_token_request
from authlib.oauth2.rfc7636 import create_s256_code_challenge

from intake.accounts.openid import id_token
from intake.accounts.openid import provider as providers
from intake.accounts.openid.http_client import ProviderAway, ProviderMisconfigured, request_json
from intake.accounts.openid.id_token import ProvedIdentity, TokenRefused
from intake.accounts.openid.provider import Provider

SCOPE = "openid"
"""Scope that asks for the person's identifier only, not for name or e-mail address."""
CONFIGURATION_ERRORS = frozenset(
    {
        "invalid_client",
        "invalid_request",
        "invalid_request_object",
        "invalid_scope",
        "unauthorized_client",
        "unsupported_grant_type",
        "unsupported_response_type",
    }
)
"""Errors of OAuth 2.0 (RFC 6749, sections 4.1.2.1 and 5.2) that wrong settings here or at the provider cause."""
AWAY_ERRORS = frozenset({"server_error", "temporarily_unavailable"})


class LoginDenied(Exception):
    """The person or the provider's rules did not allow the login."""


class CodeSpent(Exception):
    """The code was used before, or it is too old."""


@dataclass(frozen=True)
class Secrets:
    """Random values of one login, known to the browser that began it and to nobody else."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Secrets":
        """Create random values: 128 bits for the state, 256 bits for each of the others."""
        return cls(secrets.token_urlsafe(16), secrets.token_urlsafe(32), secrets.token_urlsafe(32))


def address(provider: Provider, callback: str, own: Secrets, *, reauthenticate: bool = False) -> str:
    """Return the authorization URL at the provider, to which the browser is redirected.

    With `reauthenticate`, the provider must ask for the log-in again even if the person is logged in there.
    Raises ProviderAway and ProviderMisconfigured.
    """
    more = {"prompt": "login", "max_age": "0"} if reauthenticate else {}
    return str(
        prepare_grant_uri(
            providers.configuration(provider).authorization_endpoint,
            client_id=provider.client_id,
            response_type="code",
            redirect_uri=callback,
            scope=SCOPE,
            state=own.state,
            nonce=own.nonce,
            code_challenge=create_s256_code_challenge(own.verifier),
            code_challenge_method="S256",
            **more,
        )
    )


def check_answer(provider: Provider, error: str, issuer: str | None) -> None:
    """Check the parameters of the redirect beside the code: `error`, which may be "", and `issuer` (RFC 9207).

    Raises LoginDenied, ProviderAway, ProviderMisconfigured and TokenRefused.
    """
    wanted = issuer is not None or providers.configuration(provider).names_issuer
    if wanted and not hmac.compare_digest((issuer or "").encode(), provider.issuer.encode()):
        raise TokenRefused("other issuer")
    if error in AWAY_ERRORS:
        raise ProviderAway(error)
    if error in CONFIGURATION_ERRORS:
        raise ProviderMisconfigured(f"it answers the browser with {error}")
    if error:
        raise LoginDenied


def exchange(provider: Provider, callback: str, code: str, own: Secrets) -> ProvedIdentity:
    """Exchange a code for an ID token, and return its person.

    Raises CodeSpent, TokenRefused, ProviderAway and ProviderMisconfigured.
    """
    found = providers.configuration(provider)
    body = prepare_token_request(
        "authorization_code", code=code, redirect_uri=callback, code_verifier=own.verifier
    )
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    client = ClientAuth(provider.client_id, provider.client_secret, found.method)
    url, headers, body = client.prepare("POST", found.token_endpoint, headers, body)
    status, answer = request_json("POST", url, body=body, headers=headers)
    if status != 200:
        if answer.get("error") == "invalid_grant":
            raise CodeSpent
        raise ProviderMisconfigured(f"it answers to the code with {status} {str(answer.get('error'))[:60]}")
    return id_token.check(
        provider, answer.get("id_token"), nonce=own.nonce, access_token=answer.get("access_token")
    )
