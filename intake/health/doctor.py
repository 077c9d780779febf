"""Checks of `transom doctor`. Each has a result, and advice if something is wrong."""

import contextlib
import os
import shutil
import uuid
from collections.abc import Callable, Iterator

from intake import crypto, sandbox
from intake.db import (
    DatabaseUnavailable,
    WrongEncoding,
    engine,
    owner_reader,
    transaction,
    unavailable_reason,
)
from intake.health import backups, broker, broker_troubles, database, events, keys, scrub
from intake.health.findings import Finding
from intake.health.status import health_report, now
from intake.health.versions import version_skew
from intake.jobs.processes import processes
from intake.keys.files import read_private, read_public
from intake.photos import faces, identify
from intake.settings import Settings, is_encrypted
from intake.settings.values import MB
from intake.storage import FileDamaged, Storage, StorageAway

MIN_FREE_BYTES = 1024 * MB
EMBEDDED = "embedded, for trials and the smallest newsroom"
CONSISTENT_STORAGE = "Use a storage that returns a complete file right after it was written."
NO_VERSIONS = "Suspend versioning and delete the old versions, so that destroyed originals are really gone."
REACH_PROVIDER = "Check the network and the firewall of this machine, and whether the provider is up."
RIGHT_PROVIDER = "Correct the settings TRANSOM_OIDC_…, see docs/ops/openid-connect.md."
MIGRATE = "Run `transom migrate`."
START = "Start it. `transom up` runs the embedded one."


def examine(settings: Settings) -> Iterator[Finding]:
    """Run all checks in order. No check raises."""
    for check in CHECKS:
        yield check(settings)


def check_settings(settings: Settings) -> Finding:
    """Check for settings that contradict each other."""
    if settings.max_photo_bytes > settings.max_request_bytes:
        seen = "TRANSOM_MAX_PHOTO_BYTES is above TRANSOM_MAX_REQUEST_BYTES"
        return Finding("settings", False, seen, "Lower one or raise the other.")
    if not settings.section_names:
        return Finding("settings", False, "TRANSOM_SECTIONS names no section", "Name at least one.")
    for name, url in (("TRANSOM_PUBLIC_URL", settings.public_url), ("TRANSOM_DESK_URL", settings.desk_url)):
        if url and not is_encrypted(url):
            advice = f"Put a server with TLS in front, and set {name} to https://…"
            return Finding("settings", False, f"{url.rstrip('/')} has no TLS", advice)
    desk = (
        f", that of the desk {settings.desk_base_url}" if settings.desk_base_url != settings.base_url else ""
    )
    return Finding("settings", True, f"the public address is {settings.base_url}{desk}")


def check_key(settings: Settings) -> Finding:
    """Check that the key files are valid, readable by their owner only, and open the stored submissions.

    A server for contributors only needs the public key and its part of the application secret.
    """
    try:
        keys.check_modes(settings)
        keys.check_secret(settings)
        if settings.is_public_side:
            return _check_public_key(settings)
        private = read_private(settings.private_key_path)
        keys.check_pair(settings, private)
        with contextlib.suppress(DatabaseUnavailable, database.TablesMissing), transaction() as session:
            keys.check_stored(session, private)
    except crypto.KeyFault as error:
        return Finding("keys", False, str(error), keys.advice(settings))
    seen = f"complete in {settings.private_key_path.parent}, mode 600. Keep a copy elsewhere: without it, no submission can be read"
    return Finding("keys", True, seen)


def _check_public_key(settings: Settings) -> Finding:
    public = read_public(settings.public_key_path)
    with contextlib.suppress(DatabaseUnavailable, database.TablesMissing), transaction() as session:
        keys.check_in_use(session, public)
    there = os.access(settings.private_key_path, os.R_OK)
    seen = f"public key {public.id}, and no private key"
    if there:
        seen = (
            f"public key {public.id}. {settings.private_key_path} can be read here, though it is not needed"
        )
    return Finding("keys", True, seen)


def check_storage(settings: Settings) -> Finding:
    """Check that files can be stored in the data folder, or in the S3 bucket if one is set."""
    return _check_bucket(settings) if settings.s3_url else _check_folder(settings)


def _check_bucket(settings: Settings) -> Finding:
    from intake.storage.s3 import S3

    bucket = S3(settings)
    try:
        _write_and_read(bucket)
        versions = bucket.keeps_versions()
    except StorageAway as error:
        return Finding("storage", False, f"{settings.s3_url}: {error}", error.advice)
    except (FileNotFoundError, FileDamaged):
        return Finding(
            "storage",
            False,
            f"{settings.s3_url} does not return the file that was written",
            CONSISTENT_STORAGE,
        )
    if versions:
        return Finding(
            "storage", False, f"{settings.s3_url} keeps old versions of deleted files", NO_VERSIONS
        )
    return Finding("storage", True, f"files in {settings.s3_url} can be written, read and deleted")


def _write_and_read(storage: Storage) -> None:
    """Write, read, list and delete a small file.

    If a step fails, the job `housekeeping.sweep` later deletes the file.
    """
    area, submission, key = "quarantine", str(uuid.uuid4()), crypto.new_key()
    name = f"{area}/{submission}/{uuid.uuid4()}"
    storage.put(name, b"doctor", key)
    storage.read(name, key)
    storage.delete_all(area, submission)


def _check_folder(settings: Settings) -> Finding:
    folder = settings.data_dir
    if not os.access(folder, os.W_OK | os.X_OK):
        advice = "Make the folder, give it to this user, or set TRANSOM_DATA_DIR."
        return Finding("storage", False, f"{folder} cannot be written", advice)
    free = shutil.disk_usage(folder).free
    if free < MIN_FREE_BYTES:
        advice = "Free some space: a photo is stored twice while it is cleaned."
        return Finding("storage", False, f"{free // MB} MB free in {folder}", advice)
    return Finding("storage", True, f"{free // MB:,} MB free in {folder}")


def check_database(settings: Settings) -> Finding:
    """Check that PostgreSQL answers and has the tables of this version."""
    kind = "named by TRANSOM_DATABASE_URL" if settings.database_url else EMBEDDED
    try:
        server, revision = database.installed(engine())
    except DatabaseUnavailable as error:
        advice = error.orig.advice if isinstance(error.orig, WrongEncoding) else START
        return Finding("database", False, f"{unavailable_reason(error)} It is {kind}", advice)
    except database.TablesMissing:
        return Finding(
            "database", False, "The role of the application has no rights on the tables yet", MIGRATE
        )
    if revision != database.newest_revision():
        seen = f"PostgreSQL {server} has {f'revision {revision}' if revision else 'no tables'}, not revision {database.newest_revision()}"
        return Finding("database", False, seen, MIGRATE)
    return Finding("database", True, f"PostgreSQL {server}, revision {revision}, {kind}")


def check_broker(settings: Settings) -> Finding:
    """Check that Valkey or Redis answers and would accept a job."""
    kind = "named by TRANSOM_REDIS_URL" if settings.redis_url else EMBEDDED
    try:
        version = broker.version(settings.broker_url)
    except broker.BrokerUnusable as error:
        found = broker_troubles.named(error.trouble)
        # Show only the first sentence of the reply, because the reply in protected mode fills a page.
        answer = f": {error.answer.split('. ')[0]}" if error.answer else ""
        return Finding("broker", False, f"{found.sentence} ({kind}){answer}", found.advice)
    return Finding("broker", True, f"{version}, {kind}")


def check_provider(settings: Settings) -> Finding:
    """Check that the OpenID provider, if one is set, answers with a configuration and keys that Transom can use."""
    from intake.accounts.openid import provider as providers
    from intake.accounts.openid.http_client import ProviderAway, ProviderMisconfigured

    found = providers.Provider.of(settings)
    if found is None:
        return Finding("provider", True, "none, people log in with passwords and passkeys")
    providers.forget()
    try:
        count = len(providers.keys(found).keys)
    except ProviderAway as error:
        return Finding("provider", False, f"{found.issuer} does not answer: {error}", REACH_PROVIDER)
    except ProviderMisconfigured as error:
        return Finding("provider", False, f"{found.issuer}: {error}", RIGHT_PROVIDER)
    keys = f"{count} key{'s' if count != 1 else ''}"
    seen = f"{found.issuer}, {keys}. It sends people back to {settings.desk_base_url}/login/openid/callback"
    return Finding("provider", True, seen)


def check_libmagic(_settings: Settings) -> Finding:
    """Check that libmagic can identify files by their bytes."""
    try:
        return Finding("libmagic", True, identify.libmagic_version())
    except (OSError, ImportError, RuntimeError) as error:
        return Finding("libmagic", False, str(error), "Install libmagic1, or the package pylibmagic.")


def check_codecs(_settings: Settings) -> Finding:
    """Check that photos of every accepted format can be decoded and encoded."""
    from intake.photos.render import decoding

    missing = decoding.missing()
    if missing:
        advice = "Install Pillow and pillow-heif from their wheels."
        return Finding("codecs", False, f"missing: {', '.join(missing)}", advice)
    return Finding("codecs", True, decoding.present())


def check_faces(settings: Settings) -> Finding:
    """Report whether the optional extra `transom[faces]` is installed. Its absence is no fault."""
    if not faces.is_installed():
        return Finding(
            "faces", True, "the optional extra transom[faces] is not installed, no faces are suggested"
        )
    use = (
        "is"
        if settings.face_suggestions == "on"
        else "is turned off by TRANSOM_FACE_SUGGESTIONS, though it is"
    )
    return Finding("faces", True, f"the optional extra transom[faces] {use} installed")


def check_sandbox(_settings: Settings) -> Finding:
    """Report the strength of the sandbox for untrusted photos, texts and documents.

    A sandbox without seccomp, which only limits time and memory, is reported but is no fault.
    """
    strength = sandbox.strength()
    hint = (
        "" if strength == "full" else "; seccomp is not available here, so files are read under limits only"
    )
    return Finding("sandbox", True, strength + hint)


def check_work(_settings: Settings) -> Finding:
    """Check that submissions are being processed. Fails exactly when `transom status` fails."""
    try:
        with transaction() as session:
            report = health_report(session)
    except (DatabaseUnavailable, database.TablesMissing):
        advice = "See the line about the database, and start all processes."
        return Finding("work", False, "unknown, because the database cannot be read", advice)
    return Finding("work", report.ok, report.sentence, report.advice)


def check_scrub(_settings: Settings) -> Finding:
    """Check that the server lets a scrub remove traces of deleted submissions, and that the last scrub succeeded."""
    try:
        with owner_reader() as connection, transaction() as session:
            state = scrub.describe(connection, session)
    except (DatabaseUnavailable, database.TablesMissing):
        return Finding("deletion", True, "unknown, because the database cannot be read")
    return Finding("deletion", not state.advice, state.seen, state.advice)


def check_versions(_settings: Settings) -> Finding:
    """Check that all live processes run one version."""
    try:
        with transaction() as session:
            skew = version_skew(processes(session, now(session)))
    except (DatabaseUnavailable, database.TablesMissing):
        return Finding("versions", True, "unknown, because the database cannot be read")
    if skew:
        advice = "docs/ops/upgrade.md says whether two versions may run at once."
        return Finding("versions", False, " ".join(skew.values()), advice)
    return Finding("versions", True, "no process runs an older version than the others")


CHECKS: tuple[Callable[[Settings], Finding], ...] = (
    check_settings,
    check_key,
    check_storage,
    check_database,
    events.check_events,
    check_broker,
    check_provider,
    check_libmagic,
    check_codecs,
    check_faces,
    check_sandbox,
    check_work,
    check_scrub,
    backups.check_backups,
    check_versions,
)
