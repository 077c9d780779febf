"""Passkeys, with answers of an authenticator written for the tests, so that each part can be forged (point 67)."""

import hashlib
import json
import time
from dataclasses import dataclass, field
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import bytes_to_base64url

from intake.accounts.factors import passkeys
from intake.accounts.factors.passkeys import Challenge, PasskeyRefused, Site
from intake.db import transaction
from intake.models import Editor, Passkey

HERE = Site("desk.example.org", "https://desk.example.org", "The Transom")
PRESENT, VERIFIED = 0x01, 0x04


@dataclass
class Authenticator:
    """Security key with one credential (WebAuthn, section 6)."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = b"a credential"

    def public_key(self) -> bytes:
        """Public key in COSE."""
        point = self.key.public_key().public_numbers()
        return cbor2.dumps(
            {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        )

    def answer(
        self,
        challenge: Challenge,
        *,
        host: str = HERE.host,
        origin: str = HERE.origin,
        flags: int = PRESENT | VERIFIED,
        count: int = 0,
        kind: str = "webauthn.get",
        user: bytes | None = None,
    ) -> str:
        """Answer to a challenge, as the page sends it."""
        facts = hashlib.sha256(host.encode()).digest() + bytes([flags]) + count.to_bytes(4, "big")
        client = json.dumps(
            {
                "type": kind,
                "challenge": bytes_to_base64url(challenge.value),
                "origin": origin,
                "crossOrigin": False,
            }
        ).encode()
        signature = self.key.sign(facts + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        response = {
            "authenticatorData": bytes_to_base64url(facts),
            "clientDataJSON": bytes_to_base64url(client),
            "signature": bytes_to_base64url(signature),
            "userHandle": bytes_to_base64url(user) if user else None,
        }
        number = bytes_to_base64url(self.credential)
        return json.dumps({"id": number, "rawId": number, "type": "public-key", "response": response})


@pytest.fixture
def key(editor: Editor) -> Authenticator:
    """Security key of the editor."""
    made = Authenticator()
    with transaction() as session:
        session.add(
            Passkey(
                editor_id=editor.id,
                name="Key",
                credential=made.credential,
                public_key=made.public_key(),
                sign_count=0,
                transports=["usb", "unknown to us"],
            )
        )
    return made


def challenge(value: bytes = b"c" * 32) -> Challenge:
    return Challenge(value, time.time_ns() // 1000)


def accepted(answer: str, asked: Challenge, **how: Any) -> int:
    with transaction() as session:
        return passkeys.accept(session, HERE, asked, answer, **how).id


def refused(answer: str, asked: Challenge, **how: Any) -> bool:
    with pytest.raises(PasskeyRefused):
        accepted(answer, asked, **how)
    return True


def test_67_the_right_answer_is_accepted_once(key: Authenticator, editor: Editor) -> None:
    asked = challenge()
    answer = key.answer(asked)
    assert accepted(answer, asked, alone=True) == editor.id
    assert refused(answer, asked, alone=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"host": "evil.example"},
        {"origin": "https://evil.example"},
        {"origin": "http://desk.example.org"},
        {"origin": "https://desk.example.org:8443"},
        {"kind": "webauthn.create"},
        {"flags": 0},
        {"user": b"somebody else"},
    ],
    ids=str,
)
def test_67_an_answer_for_another_place_or_person_is_refused(
    key: Authenticator, wrong: dict[str, Any]
) -> None:
    asked = challenge()
    assert refused(key.answer(asked, **wrong), asked)


def test_67_the_answer_to_another_challenge_is_refused(key: Authenticator) -> None:
    assert refused(key.answer(challenge(b"d" * 32)), challenge())


def test_67_another_key_is_refused(key: Authenticator) -> None:
    asked = challenge()
    assert refused(Authenticator().answer(asked), asked)
    assert refused(Authenticator(credential=b"unknown").answer(asked), asked)


def test_47_presence_is_enough_beside_a_password_but_not_alone(key: Authenticator, editor: Editor) -> None:
    asked = challenge()
    answer = key.answer(asked, flags=PRESENT)
    assert refused(answer, asked, alone=True)
    assert accepted(answer, asked, editor_id=editor.id) == editor.id


def test_47_only_passkeys_of_the_account_are_its_second_step(
    key: Authenticator, other_editor: Editor
) -> None:
    asked = challenge()
    assert refused(key.answer(asked), asked, editor_id=other_editor.id)


def test_a_copied_key_is_noticed_by_its_count(key: Authenticator) -> None:
    first, second, third = challenge(), challenge(b"d" * 32), challenge(b"e" * 32)
    accepted(key.answer(first, count=7), first)
    assert refused(key.answer(second, count=7), second)
    accepted(key.answer(third, count=8), third)


def test_options_name_the_keys_of_the_account(key: Authenticator, editor: Editor) -> None:
    with transaction() as session:
        options = json.loads(passkeys.login_options(session, HERE, challenge(), editor.id))
        new = json.loads(passkeys.registration_options(session, editor, HERE, challenge()))
    (allowed,) = options["allowCredentials"]
    assert allowed["id"] == bytes_to_base64url(key.credential)
    assert allowed["transports"] == ["usb"]
    assert options["rpId"] == new["rp"]["id"] == HERE.host
    assert new["excludeCredentials"][0]["id"] == allowed["id"]
    assert editor.email not in new["user"]["id"]
    alone = json.loads(passkeys.discoverable_login_options(HERE, challenge()))
    assert alone["allowCredentials"] == []
    assert alone["userVerification"] == "required"
