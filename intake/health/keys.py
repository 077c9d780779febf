"""Check of the key files, for `transom doctor`, `transom keys check` and the start of workers."""

import contextlib
import stat
from pathlib import Path

from sqlalchemy.orm import Session

from intake.crypto import KeyFault, Keyring, keyring, read_public_secrets
from intake.db import DatabaseUnavailable, transaction
from intake.health.database import TablesMissing, first_wrapped_keys
from intake.keys.files import PrivateKeys, prepare, read_private, read_public
from intake.keys.holders import APPLICATION
from intake.keys.pair import PublicKey
from intake.keys.rotation import check_same_secret
from intake.models import SubmissionKey
from intake.settings import Settings

PRIVATE = stat.S_IRWXG | stat.S_IRWXO
RIGHT_KEY = "Do what this says. If it names no command, put your copy of the keys back with `transom keys restore`: docs/ops/keys.md. Make no new keys."
FIRST_KEY = (
    "If this installation is new, start Transom once, which makes key files. Otherwise put your copy of the keys back with"
    " `transom keys restore`: docs/ops/keys.md."
)
SHARED_KEY = (
    "Copy the key files of the other machines. docs/ops/several-machines.md says how to make the first ones."
)
PUBLIC_KEY = (
    "On a machine with the private key, run `transom keys export-public FOLDER`, and copy the two files here."
)


def advice(settings: Settings) -> str:
    """Return what to do if a key file is missing or wrong, for `transom doctor`."""
    if settings.is_public_side:
        return PUBLIC_KEY
    if settings.s3_url:
        return SHARED_KEY
    secrets = (settings.master_key_path, settings.private_key_path, settings.public_key_path)
    return RIGHT_KEY if any(path.exists() for path in secrets) else FIRST_KEY


def check_secret(settings: Settings) -> Keyring:
    """Read the application secret. Raises KeyFault if it is missing or damaged, or was replaced by another secret.

    A server for contributors only has just some subkeys of the secret. On such a server, these are read instead.
    """
    if settings.is_public_side:
        return read_public_secrets(settings.public_secrets_path)
    path = settings.master_key_path
    try:
        ring = Keyring(path.read_bytes())
    except OSError as error:
        raise KeyFault(f"The application secret {path} cannot be read ({error.strerror}).") from None
    check_same_secret(settings, ring)
    return ring


def check_modes(settings: Settings) -> None:
    """Check that the secret files can be read by their owner only. Raises KeyFault. Missing files are ignored."""
    if settings.is_public_side:
        _check_mode(settings.public_secrets_path)
        return
    _check_mode(settings.master_key_path)
    _check_mode(settings.private_key_path)


def _check_mode(path: Path) -> None:
    if path.exists() and path.stat().st_mode & PRIVATE:
        raise KeyFault(f"{path} can be read by others. Run `chmod 600 {path}`.")


def check_pair(settings: Settings, keys: PrivateKeys) -> None:
    """Check that new submissions are wrapped to the current key pair. Raises KeyFault."""
    public = read_public(settings.public_key_path)
    if public != keys.current.public:
        raise KeyFault(
            f"{settings.public_key_path} has the public key {public.id}, but the current pair is {keys.current.id}. Run"
            " `transom keys rotate`, which goes on, or copy the right file."
        )


def check_stored(session: Session, keys: PrivateKeys) -> None:
    """Check that the keys open the oldest submission of each holder. Raises KeyFault."""
    for row in first_wrapped_keys(session):
        _check_opens(row, keys)


def _check_opens(row: SubmissionKey, keys: PrivateKeys) -> None:
    if row.holder == APPLICATION:
        keyring().unwrap(row.wrapped)
        return
    private = keys.find(row.holder)
    if private is None:
        raise KeyFault(
            f"Stored submissions need the private key {row.holder}, which is not in the key file: restore it from your copy."
        )
    private.unwrap(row.wrapped, row.submission_id)


def check_in_use(session: Session, public: PublicKey) -> None:
    """Check that this public key is not one that a rotation replaced. Raises KeyFault.

    After a rotation all stored keys are wrapped to another key pair.
    """
    pairs = {row.holder for row in first_wrapped_keys(session)} - {APPLICATION}
    if pairs and public.id not in pairs:
        raise KeyFault(
            f"Stored submissions are wrapped to {', '.join(sorted(pairs))}, and new ones would be to {public.id}: copy"
            " `installation.pub` from the machine that has the private key."
        )


def check_may_make(session: Session, settings: Settings) -> None:
    """Check that no stored submission needs a lost private key, if `prepare` would make a key pair. Raises KeyFault.

    New submissions would be wrapped to the new key pair, which would hide that nobody can open the stored ones.
    """
    if settings.private_key_path.exists() or settings.public_key_path.exists():
        return
    pairs = sorted(row.holder for row in first_wrapped_keys(session) if row.holder != APPLICATION)
    if pairs:
        raise KeyFault(
            f"Stored submissions need the private key {' and '.join(pairs)}, and {settings.private_key_path} is missing: restore it from"
            " your copy."
        )


def check_at_start(settings: Settings) -> None:
    """Check that this process has the keys for its work, and make those of a new installation. Raises KeyFault.

    With an S3 bucket no keys are made, since there may be several machines, and each would make different keys.
    """
    if not settings.is_public_side and not settings.s3_url:
        with contextlib.suppress(DatabaseUnavailable, TablesMissing), transaction() as session:
            check_may_make(session, settings)
        prepare(settings)
    check_secret(settings)
    if settings.is_public_side:
        read_public(settings.public_key_path)
        return
    private = read_private(settings.private_key_path)
    with contextlib.suppress(DatabaseUnavailable, TablesMissing), transaction() as session:
        check_stored(session, private)
