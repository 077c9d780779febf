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
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class MailServerUnavailable(Exception):
    """The mail server does not answer, does not let us in, or offers no encryption that can be trusted."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over; `implicit_tls` is TLS from the first byte, `starttls` after STARTTLS."""

    host: str
    port: int
    user: str
    password: str
    implicit_tls: bool
    starttls: bool


def parse_smtp_url(url: str) -> MailServer:
    """The server of an address such as smtp://user:password@host:587, or smtps://…, which is TLS from the first byte."""
    parts = urlsplit(url)
    implicit_tls, host = parts.scheme == "smtps", parts.hostname or ""
    return MailServer(
        host,
        parts.port or (465 if implicit_tls else 587),
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        implicit_tls,
        starttls=not implicit_tls and host not in LOCAL_HOSTS,
    )


class Mailer:
    """Sends letters over one connection, which is made for the first of them. A context manager."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Mailer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def send(self, address: str, template: str, counts: dict[str, int]) -> None:
        """Write to somebody by a template of templates/email; MailServerUnavailable, or smtplib.SMTPException for this message."""
        message = compose(self._settings, address, template, counts)
        self._connected().send_message(message)

    def check_connection(self) -> None:
        """See that the server lets us in; MailServerUnavailable."""
        self._connected()

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = _connect(parse_smtp_url(self._settings.smtp_url))
        return self._connection


def compose(settings: Settings, address: str, template: str, counts: dict[str, int]) -> EmailMessage:
    """A message: counts, and the address of the desk."""
    message = EmailMessage()
    message["Subject"] = SUBJECT
    message["From"] = settings.mail_from
    message["To"] = address
    message["Date"] = localtime()
    # By default it would name this machine.
    message["Message-ID"] = make_msgid(
        domain=parseaddr(settings.mail_from)[1].rpartition("@")[2] or "transom"
    )
    # No "out of office" comes back (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    desk = f"{settings.base_url}/desk/"
    message.set_content(_templates().get_template(f"email/{template}.txt").render(counts=counts, desk=desk))
    return message


def _connect(server: MailServer) -> smtplib.SMTP:
    try:
        return _open_connection(server)
    except OSError as error:  # of smtplib as well, whose own words may quote an address
        raise MailServerUnavailable from error


def _open_connection(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    made: smtplib.SMTP
    if server.implicit_tls:
        made = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=trusted)
    else:
        made = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        if server.starttls:
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
