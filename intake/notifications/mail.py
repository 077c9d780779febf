"""Mail to editors: that something waits for them, never what. The one place that speaks SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import localtime, make_msgid, parseaddr
from functools import cache
from types import TracebackType
from urllib.parse import unquote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from intake.paths import TEMPLATES
from intake.settings import Settings

SUBJECT = "Transom: something waits for you"
TIMEOUT_SECONDS = 10
# A mail server on this machine is reached without a wire on which anybody could listen.
HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class MailServerAway(Exception):
    """The mail server does not answer, does not let us in, or offers no encryption that can be trusted."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; `wrapped` is TLS from the first byte, `upgraded` after STARTTLS."""

    host: str
    port: int
    user: str
    password: str
    wrapped: bool
    upgraded: bool


def server_of(url: str) -> MailServer:
    """The server of an address such as smtp://user:password@host:587, or smtps://…, which is TLS from the first byte."""
    parts = urlsplit(url)
    wrapped, host = parts.scheme == "smtps", parts.hostname or ""
    return MailServer(
        host,
        parts.port or (465 if wrapped else 587),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        wrapped,
        upgraded=not wrapped and host not in HERE,
    )


class Post:
    """Sends letters over one connection, which is made for the first of them. A context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Post":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def send(self, address: str, template: str, counts: dict[str, int]) -> None:
        """Write to somebody by a template of templates/email; MailServerAway, or smtplib.SMTPException for this letter."""
        letter = compose(self._settings, address, template, counts)
        self._connected().send_message(letter)

    def knock(self) -> None:
        """See that the server lets us in; MailServerAway."""
        self._connected()

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = _connect(server_of(self._settings.smtp_url))
        return self._connection


def compose(settings: Settings, address: str, template: str, counts: dict[str, int]) -> EmailMessage:
    """A letter: counts, and the address of the desk."""
    letter = EmailMessage()
    letter["Subject"] = SUBJECT
    letter["From"] = settings.mail_from
    letter["To"] = address
    letter["Date"] = localtime()
    # By default it would name this machine.
    letter["Message-ID"] = make_msgid(domain=parseaddr(settings.mail_from)[1].rpartition("@")[2] or "transom")
    # No "out of office" comes back (RFC 3834).
    letter["Auto-Submitted"] = "auto-generated"
    desk = f"{settings.base_url}/desk/"
    letter.set_content(_templates().get_template(f"email/{template}.txt").render(counts=counts, desk=desk))
    return letter


def _connect(server: MailServer) -> smtplib.SMTP:
    try:
        return _greet(server)
    except OSError as error:  # of smtplib as well, whose own words may quote an address
        raise MailServerAway from error


def _greet(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    made: smtplib.SMTP
    if server.wrapped:
        made = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=trusted)
    else:
        made = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        if server.upgraded:
            made.starttls(context=trusted)
        if server.user:
            made.login(server.user, server.password)
    except OSError:
        made.close()
        raise
    return made


@cache
def _templates() -> Environment:
    """Plain text: nothing is escaped."""
    return Environment(  # noqa: S701
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
