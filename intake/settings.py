"""Settings from environment variables, and from admins. Only this module reads variables. docs/settings.md lists them."""

import hashlib
import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from intake.setting_fields import SettingsError, file_variable, parse, raw_value, setting
from intake.setting_values import SettingValues


@dataclass(frozen=True)
class KeySettings(SettingValues):
    """Settings of the key files, beside those of `SettingValues`."""

    master_key_file: str = setting(
        "TRANSOM_MASTER_KEY_FILE",
        "",
        "File with the 32-byte application secret, which opens no submission: see [keys](ops/keys.md). Empty: `keys/master.key` in the"
        " data folder, created at the first start.",
    )
    public_key_file: str = setting(
        "TRANSOM_PUBLIC_KEY_FILE",
        "",
        "File with the public key of the installation. Empty: `keys/installation.pub` in the data folder, created at the first start.",
    )
    private_key_file: str = setting(
        "TRANSOM_PRIVATE_KEY_FILE",
        "",
        "File with the private keys of the installation, which open every submission. Empty: `keys/installation.key` in the data"
        " folder, created at the first start. A web server with `TRANSOM_WEB_SIDE=public` never reads it.",
    )
    public_secrets_file: str = setting(
        "TRANSOM_PUBLIC_SECRETS_FILE",
        "",
        "File with those parts of the application secret that a web server with `TRANSOM_WEB_SIDE=public` needs. Empty:"
        " `keys/public.secrets` in the data folder, written by `transom migrate`.",
    )


@dataclass(frozen=True)
class ProviderSettings(KeySettings):
    """Settings of the OpenID provider by which people may log in, beside those of `KeySettings`."""

    oidc_issuer: str = setting(
        "TRANSOM_OIDC_ISSUER",
        "",
        "Issuer of the OpenID provider by which people of the desk may log in, such as `https://login.example.org`: see"
        " [OpenID Connect](ops/openid-connect.md). Empty: there is none. Without https only on this machine, for trials.",
        form=r"https://[^\s/?#@]+(/[^\s?#]*)?|http://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?(/[^\s?#]*)?",
        wanted="an address such as https://login.example.org, without ? and #,",
    )
    oidc_client_id: str = setting(
        "TRANSOM_OIDC_CLIENT_ID", "", "Name of this Transom at the OpenID provider (client id)."
    )
    oidc_client_secret: str = setting(
        "TRANSOM_OIDC_CLIENT_SECRET",
        "",
        "Secret of this Transom at the OpenID provider. Empty: the provider wants none.",
        secret=True,
    )
    oidc_name: str = setting(
        "TRANSOM_OIDC_NAME",
        "single sign-on",
        "Name of the OpenID provider on pages, as in “Log in with …”.",
        form=r"\S(.{0,38}\S)?",
        wanted="a name of at most 40 characters",
    )
    oidc_second_factor: str = setting(
        "TRANSOM_OIDC_SECOND_FACTOR",
        "ask",
        "`ask`: after a login by the OpenID provider, Transom asks for its own second factor. `trust`: not if the provider says that it"
        " asked for several factors.",
        form="ask|trust",
        wanted="ask or trust",
    )


@dataclass(frozen=True)
class PublicationSettings(ProviderSettings):
    """Settings of what happens before and after the acceptance of a submission."""

    checklists: str = setting(
        "TRANSOM_CHECKLISTS",
        "",
        "Sections with a checklist before acceptance and publication, as `News; Opinion = captions, faces, Read by a lawyer@publish`: see"
        " [Publishing](publishing.md). `*` stands for all other sections. Empty: no section has one.",
        form=r"\s*[^;=]+(=[^;=]+)?(;[^;=]+(=[^;=]+)?)*;?\s*",
        wanted="sections separated by semicolons, each alone or with its points, such as News; Opinion = captions, faces,",
    )


@dataclass(frozen=True)
class Settings(PublicationSettings):
    """All settings of an installation, and what follows from them."""

    hidden_sections: str = setting(
        "TRANSOM_HIDDEN_SECTIONS",
        "",
        "Sections that contributors can no longer choose and that the desk still knows, separated by commas.",
    )
    form_languages: str = setting(
        "TRANSOM_FORM_LANGUAGES",
        "",
        "Languages in which contributors' pages are offered, as tags separated by commas, such as `en, kk, zh-Hans`. Empty: all."
        " Pages in the other languages keep their addresses.",
        form=r"\s*[A-Za-z-]{2,10}\s*(,\s*[A-Za-z-]{2,10}\s*)*",
        wanted="tags of languages such as en, kk, zh-Hans",
    )

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
        """Sections that the desk knows: those of contributors, then the hidden ones."""
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
        """Length of the span in which all times of contributors' acts are stored alike."""
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
        url = self.database_url or f"postgresql://transom@/transom?host={quote(str(self.run_dir))}"
        scheme, _, rest = url.partition("://")
        return f"postgresql+psycopg://{rest}" if scheme in {"postgresql", "postgres"} else url

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
        """Return whether this process is a web server for contributors alone. It reads no private key."""
        return self.web_side == "public"


def is_encrypted(url: str) -> bool:
    """Return whether an address uses TLS, or is that of an onion service, which Tor encrypts."""
    return url.startswith("https://") or (urlsplit(url).hostname or "").endswith(".onion")


def _reachable_host(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound


def split_list(text: str) -> list[str]:
    """Return the names in a list that is separated by commas, without empty ones."""
    return [name.strip() for name in text.split(",") if name.strip()]


class _Choices:
    """Values that admins chose on the page of settings, as name of a field → value."""

    values: Mapping[str, Any] = {}


@cache
def _choices() -> _Choices:
    return _Choices()


ON_PAGE = (
    "magazine", "sections", "hidden_sections", "form_languages", "two_approvals", "undo_seconds", "overdue_hours", "draft_days",
    "smtp_url", "mail_from", "digest_hours", "hourly_budget", "fastest_seconds",
)  # fmt: skip
"""Fields that admins can choose on the page of settings."""
FOLLOWS = {"hidden_sections": "sections"}
"""Field → field whose variable fixes it, too. Two halves of one list cannot come from two places."""


def choose(values: Mapping[str, str]) -> None:
    """Use values that admins chose, as name of a field → text, wherever the environment sets none.

    A value that this version cannot read is left out.
    """
    found: dict[str, Any] = {}
    for one in fields(Settings):
        if one.name in ON_PAGE and one.name in values:
            with suppress(SettingsError):
                found[one.name] = (
                    parse(one.metadata, values[one.name], one.type) if values[one.name] else one.default
                )
    _choices().values = found
    settings.cache_clear()


def set_by(name: str, env: Mapping[str, str] | None = None) -> str:
    """Return the environment variable that sets a field on this machine, or "" if none does."""
    source = os.environ if env is None else env
    for one in fields(Settings):
        if one.name in (name, FOLLOWS.get(name)):
            variable: str = one.metadata["env"]
            for spelling in (variable, file_variable(variable) if one.metadata["secret"] else ""):
                if source.get(spelling):
                    return spelling
    return ""


def in_force(machine: Settings) -> Settings:
    """Return the settings of a machine with the values that admins chose, wherever the environment sets none."""
    values = {name: value for name, value in _choices().values.items() if not set_by(name)}
    return replace(machine, **values) if values else machine


@cache
def settings() -> Settings:
    """Return the settings that count in this process: its environment, then the choices of admins, then defaults."""
    return in_force(Settings.from_env())


def choose_side(side: str) -> Settings:
    """Let this process serve the pages of one side only, whatever TRANSOM_WEB_SIDE says. Returns its settings."""
    os.environ["TRANSOM_WEB_SIDE"] = side
    settings.cache_clear()
    return settings()


def child_environment(**extra: str) -> dict[str, str]:
    """Return this process's environment and `extra`, for a child process."""
    return {**os.environ, **extra}


def decoder_environment() -> dict[str, str]:
    """Return the variables by which libraries and libmagic's database are found, for a process that decodes files.

    No setting of Transom is among them.
    """
    return {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "MAGIC") if name in os.environ}
