"""Passkeys (WebAuthn): register and verify credentials that are bound to the host of the desk."""

import hmac
import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import parse_authentication_credential_json, parse_registration_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from intake.crypto import keyring
from intake.models import Editor, Passkey
from intake.settings import Settings

MOST = 10
"""Largest number of passkeys of one account."""
TIMEOUT_MILLISECONDS = 300_000


class PasskeyRefused(Exception):
    """The browser's answer does not prove the possession of a passkey of this account at this host."""


@dataclass(frozen=True)
class Challenge:
    """Random bytes that a passkey signs. `issued` is in microseconds since 1970."""

    value: bytes
    issued: int


@dataclass(frozen=True)
class Site:
    """Host and origin of the desk. WebAuthn binds each passkey to the host (RP ID)."""

    host: str
    origin: str
    name: str


def site(settings: Settings) -> Site | None:
    """Return the desk's host for WebAuthn. None if browsers allow no passkeys there.

    Browsers need a host name instead of an IP address, and HTTPS except for localhost.
    """
    parts = urlsplit(settings.desk_base_url)
    host = parts.hostname or ""
    if _is_address(host) or (parts.scheme != "https" and host != "localhost"):
        return None
    usual = {"http": 80, "https": 443}[parts.scheme]
    port = "" if parts.port in (None, usual) else f":{parts.port}"
    return Site(host, f"{parts.scheme}://{host}{port}", settings.magazine)


def registration_options(session: Session, editor: Editor, here: Site, challenge: Challenge) -> str:
    """Return the options for `navigator.credentials.create`, as JSON."""
    options = generate_registration_options(
        rp_id=here.host,
        rp_name=here.name,
        user_id=_handle(editor.id),
        user_name=editor.email,
        user_display_name=editor.name,
        challenge=challenge.value,
        timeout=TIMEOUT_MILLISECONDS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
        exclude_credentials=_descriptors(session, editor.id),
    )
    return options_to_json(options)


def login_options(session: Session, here: Site, challenge: Challenge, editor_id: int) -> str:
    """Return the options for `navigator.credentials.get` with the passkeys of an account, as JSON."""
    options = generate_authentication_options(
        rp_id=here.host,
        challenge=challenge.value,
        timeout=TIMEOUT_MILLISECONDS,
        allow_credentials=_descriptors(session, editor_id),
    )
    return options_to_json(options)


def discoverable_login_options(here: Site, challenge: Challenge) -> str:
    """Return the options for `navigator.credentials.get` without a password, as JSON.

    The browser offers all its passkeys for this host. The passkey must verify the person by PIN, fingerprint or face.
    """
    options = generate_authentication_options(
        rp_id=here.host,
        challenge=challenge.value,
        timeout=TIMEOUT_MILLISECONDS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def register(
    session: Session, editor: Editor, here: Site, challenge: Challenge, answer: str, name: str
) -> Passkey:
    """Save a new passkey. Raises PasskeyRefused."""
    if (session.scalar(select(func.count()).where(Passkey.editor_id == editor.id)) or 0) >= MOST:
        raise PasskeyRefused
    try:
        sent = parse_registration_credential_json(answer)
        proof = verify_registration_response(
            credential=sent,
            expected_challenge=challenge.value,
            expected_rp_id=here.host,
            expected_origin=here.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    if session.scalar(select(Passkey.id).where(Passkey.credential == proof.credential_id)) is not None:
        raise PasskeyRefused
    added = Passkey(
        editor_id=editor.id,
        name=name,
        credential=proof.credential_id,
        public_key=proof.credential_public_key,
        sign_count=proof.sign_count,
        transports=[one.value for one in sent.response.transports or []],
        issued=challenge.issued,
    )
    session.add(added)
    session.flush()
    return added


def accept(
    session: Session,
    here: Site,
    challenge: Challenge,
    answer: str,
    *,
    editor_id: int | None = None,
    alone: bool = False,
) -> Editor:
    """Return the account whose passkey signed the challenge. Raises PasskeyRefused.

    With `editor_id`, only a passkey of this account is accepted. A challenge is accepted once.
    """
    try:
        sent = parse_authentication_credential_json(answer)
        found = _locked(session, sent.raw_id, editor_id)
        if sent.response.user_handle not in (None, b"", _handle(found.editor_id)):
            raise PasskeyRefused
        proof = verify_authentication_response(
            credential=sent,
            expected_challenge=challenge.value,
            expected_rp_id=here.host,
            expected_origin=here.origin,
            credential_public_key=found.public_key,
            credential_current_sign_count=found.sign_count,
            require_user_verification=alone,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise PasskeyRefused from error
    if challenge.issued <= found.issued:
        raise PasskeyRefused
    session.execute(
        update(Passkey)
        .where(Passkey.id == found.id)
        .values(sign_count=proof.new_sign_count, issued=challenge.issued, used_at=func.now())
    )
    return found.editor


def has_passkeys(session: Session, editor_id: int) -> bool:
    """Return whether the account has a passkey."""
    return session.scalar(select(Passkey.id).where(Passkey.editor_id == editor_id).limit(1)) is not None


def _locked(session: Session, credential: bytes, editor_id: int | None) -> Passkey:
    found = session.scalar(select(Passkey).where(Passkey.credential == credential).with_for_update())
    if found is None or editor_id not in (None, found.editor_id):
        raise PasskeyRefused
    return found


def _descriptors(session: Session, editor_id: int) -> list[PublicKeyCredentialDescriptor]:
    known = {one.value for one in AuthenticatorTransport}
    return [
        PublicKeyCredentialDescriptor(
            id=row.credential,
            transports=[AuthenticatorTransport(one) for one in row.transports if one in known],
        )
        for row in session.scalars(select(Passkey).where(Passkey.editor_id == editor_id).order_by(Passkey.id))
    ]


def _handle(editor_id: int) -> bytes:
    """Return the user handle that passkeys store: one per account, and meaningless without the application secret."""
    return hmac.digest(keyring().subkey("passkey user"), str(editor_id).encode(), "sha256")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
