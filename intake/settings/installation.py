"""All settings of an installation, and values that are computed from them."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

from intake.settings.field import SettingsError, parse, raw_value
from intake.settings.retention_values import RetentionSettings


@dataclass(frozen=True)
class Settings(RetentionSettings):
    """All settings of an installation, and values that are computed from them."""

    @classmethod
    def from_env(cls, env: Mapping[str, str] | None = None) -> "Settings":
        """Read all settings from `env`, or from this process's environment if `env` is None. Secrets may be in files.

        Raises SettingsError, which names the invalid setting.
        """
        source = os.environ if env is None else env
        found = cls(
            **{
                f.name: parse(f.metadata, raw, f.type)
                for f in fields(cls)
                if (raw := raw_value(f.metadata, source))
            }
        )
        if found.s3_url and not (found.s3_access_key and found.s3_secret_key):
            raise SettingsError("TRANSOM_S3_URL needs TRANSOM_S3_ACCESS_KEY and TRANSOM_S3_SECRET_KEY.")
        if found.oidc_issuer and not found.oidc_client_id:
            raise SettingsError("TRANSOM_OIDC_ISSUER needs TRANSOM_OIDC_CLIENT_ID.")
        return found

    @property
    def section_names(self) -> list[str]:
        """Sections that contributors may choose from, in the order of the setting."""
        return split_list(self.sections)

    @property
    def desk_sections(self) -> list[str]:
        """Sections that editors can use: those that contributors may choose, then the hidden ones."""
        return list(dict.fromkeys([*self.section_names, *split_list(self.hidden_sections)]))

    @property
    def offered_languages(self) -> frozenset[str]:
        """Tags of the languages in which contributors' pages are offered. Empty: all."""
        return frozenset(split_list(self.form_languages))

    @property
    def two_approval_sections(self) -> frozenset[str]:
        """Sections that need two approvals."""
        return frozenset(split_list(self.two_approvals))

    @property
    def overdue(self) -> dict[str, timedelta]:
        """Section → time after which a waiting submission is overdue. The key "" means all other sections."""
        most, *single = self.overdue_hours.split(",")
        hours = {"": most} | dict(part.strip().split("=") for part in single)
        return {section.strip(): timedelta(hours=int(number)) for section, number in hours.items()}

    @property
    def grain(self) -> timedelta:
        """Precision of stored times: all acts of contributors within one such interval are stored with the same time."""
        return timedelta(days=1) if self.time_grain == "day" else timedelta(hours=12)

    @property
    def mails(self) -> bool:
        """Return whether mail is sent, by this process or by another one."""
        return bool(self.smtp_url or self.mail_elsewhere)

    @property
    def digest_times(self) -> list[int]:
        """Hours of the day, in UTC, at which digests are sent, sorted."""
        return sorted({int(hour) % 24 for hour in self.digest_hours.split(",")})

    @property
    def base_url(self) -> str:
        """Public address without a trailing slash."""
        return (self.public_url or f"http://{_reachable_host(self.host)}:{self.port}").rstrip("/")

    @property
    def desk_base_url(self) -> str:
        """Address of the desk without a trailing slash."""
        listener = f"http://{self.desk_bind}" if self.desk_bind else ""
        return (self.desk_url or listener or self.base_url).rstrip("/")

    @property
    def are_sides_apart(self) -> bool:
        """Return whether contributors' pages and the desk have hosts, ports or processes of their own."""
        return bool(self.desk_url or self.desk_bind) or self.web_side != "both"

    @property
    def is_desk_secure(self) -> bool:
        """Return whether the address of the desk uses TLS."""
        return self.desk_base_url.startswith("https://")

    @property
    def listeners(self) -> list[str]:
        """Addresses with ports on which the web server listens."""
        own = f"{self.host}:{self.port}"
        if not self.desk_bind or self.web_side == "public":
            return [own]
        return [self.desk_bind] if self.web_side == "desk" else [own, self.desk_bind]

    @property
    def secure(self) -> bool:
        """Return whether the public address uses TLS."""
        return self.base_url.startswith("https://")

    @property
    def run_dir(self) -> Path:
        """Folder of the embedded servers' sockets. Its path is short: a socket path has at most 107 bytes."""
        name = hashlib.sha256(os.fsencode(self.data_dir.absolute())).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"transom-{os.getuid()}-{name}"

    @property
    def sqlalchemy_url(self) -> str:
        """Address of the database in SQLAlchemy's form, with psycopg 3."""
        return _with_psycopg(self.database_url or self._embedded_url("transom_app"))

    @property
    def owner_url(self) -> str:
        """Address of the database in SQLAlchemy's form, with the role that owns the tables."""
        return _with_psycopg(self.migration_url or self.database_url or self._embedded_url("transom"))

    def _embedded_url(self, role: str) -> str:
        return f"postgresql://{role}@/transom?host={quote(str(self.run_dir))}"

    @property
    def broker_url(self) -> str:
        """Address of the broker in Celery's form."""
        return self.redis_url or f"redis+socket://{quote(str(self.run_dir / 'valkey.sock'))}"

    @property
    def s3_endpoint(self) -> str:
        """Address of the S3 server, without the bucket."""
        return self.s3_url.rstrip("/").rpartition("/")[0]

    @property
    def s3_bucket(self) -> str:
        """Name of the bucket."""
        return self.s3_url.rstrip("/").rpartition("/")[2]

    @property
    def files_dir(self) -> Path:
        """Folder of encrypted files, if S3 is not used."""
        return self.data_dir / "files"

    @property
    def uploads_dir(self) -> Path:
        """Folder of encrypted files that have not arrived completely, on the disk of this machine."""
        return self.data_dir / "uploads"

    @property
    def master_key_path(self) -> Path:
        """File with the application secret."""
        return self._key_path(self.master_key_file, "master.key")

    @property
    def public_key_path(self) -> Path:
        """File with the public key of the installation."""
        return self._key_path(self.public_key_file, "installation.pub")

    @property
    def private_key_path(self) -> Path:
        """File with the private keys of the installation."""
        return self._key_path(self.private_key_file, "installation.key")

    @property
    def public_secrets_path(self) -> Path:
        """File with the secrets of a process that serves only contributors."""
        return self._key_path(self.public_secrets_file, "public.secrets")

    def _key_path(self, named: str, name: str) -> Path:
        return Path(named) if named else self.data_dir / "keys" / name

    @property
    def is_public_side(self) -> bool:
        """Return whether this process is a web server for contributors only. Such a server reads no private key."""
        return self.web_side == "public"


def is_encrypted(url: str) -> bool:
    """Return whether an address uses TLS, or is that of an onion service, which Tor encrypts."""
    return url.startswith("https://") or (urlsplit(url).hostname or "").endswith(".onion")


def _with_psycopg(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if scheme in {"postgresql", "postgres"} else url


def _reachable_host(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound


def split_list(text: str) -> list[str]:
    """Return the names in a list that is separated by commas, without empty ones."""
    return [name.strip() for name in text.split(",") if name.strip()]
