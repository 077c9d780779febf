"""An OpenID provider for tests: honest by default, and dishonest in each way that a test asks for."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from intake.accounts.openid.provider import WELL_KNOWN

CLIENT, SECRET = "transom", "a secret of the client"
SUBJECT = "248289761001"

Answer = tuple[int, dict[str, Any] | bytes]


@dataclass
class OpenIDProvider:
    """Provider on a port of this machine. Tests change the fields to make it misbehave."""

    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=dict)
    document: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[dict[str, Any], dict[str, Any]], str] | None = None
    answers: dict[str, Callable[[], Answer]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key: RSAKey | ECKey = RSAKey.generate_key(2048, auto_kid=True)
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.issuer = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()

    def rotate(self) -> None:
        """Sign with another key from now on."""
        self.key = ECKey.generate_key("P-256", auto_kid=True)

    def approve(self, address: str, subject: str = SUBJECT, **claims: Any) -> str:
        """Return the path of the callback with a code, as after the person has logged in here."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert asked["response_type"] == "code"
        assert asked["scope"] == "openid"
        assert asked["code_challenge_method"] == "S256"
        assert asked["client_id"] == CLIENT
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked | {"subject": subject}
        self.claims = claims
        return answer_path(asked, code=code)

    def refuse(self, address: str, error: str) -> str:
        """Return the path of the callback with an error."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        return answer_path(asked, error=error)

    def configuration(self) -> dict[str, Any]:
        """Return the discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "response_types_supported": ["code"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        } | self.document

    def id_token(self, nonce: str, subject: str) -> str:
        """Return a signed ID token."""
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": subject, "aud": CLIENT, "nonce": nonce, "iat": now, "exp": now + 300,
            "auth_time": now,
        } | self.claims  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        algorithm = "RS256" if isinstance(self.key, RSAKey) else "ES256"
        header = {"alg": algorithm, "kid": self.key.kid} | self.header
        return self.sign(header, claims) if self.sign else jwt.encode(header, claims, self.key)

    def token(self, form: dict[str, str], authorization: str) -> Answer:
        """Answer of the token endpoint. A code works once, for its client, its address and its verifier."""
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {basic}":
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant"}
        token = self.id_token(asked["nonce"], asked["subject"])
        return 200, {"access_token": "opaque", "token_type": "Bearer", "id_token": token}

    def answer(self, path: str, form: dict[str, str], authorization: str) -> Answer:
        """Answer one request."""
        self.asked.append(path)
        if path in self.answers:
            return self.answers[path]()
        if path == WELL_KNOWN:
            return 200, self.configuration()
        if path == "/keys":
            return 200, {"keys": [self.key.as_dict(private=False)]}
        return self.token(form, authorization) if path == "/token" else (404, {})

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def _respond(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                status, found = provider.answer(
                    urlsplit(self.path).path, form, self.headers.get("Authorization", "")
                )
                data = found if isinstance(found, bytes) else json.dumps(found).encode()
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", f"{provider.issuer}/elsewhere")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = _respond  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


def answer_path(asked: dict[str, str], **more: str) -> str:
    """Return path and query with which a browser comes back."""
    query = urlencode({**more, "state": asked["state"]})
    return f"{urlsplit(asked['redirect_uri']).path}?{query}"


def unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """Return a token with the algorithm "none"."""
    parts = (header | {"alg": "none"}, claims)
    return (
        ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts)
        + "."
    )


def signed_with_public_key(key: RSAKey | ECKey) -> Callable[[dict[str, Any], dict[str, Any]], str]:
    """Return a signing function that forges HS256 with the text of the public key as the secret (algorithm confusion)."""
    secret = OctKey.import_key(base64.urlsafe_b64encode(key.as_pem(private=False)).decode(), None)
    return lambda header, claims: jwt.encode(header | {"alg": "HS256"}, claims, secret)
