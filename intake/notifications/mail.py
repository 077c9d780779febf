"""Mail to editors. A mail contains counts and a link, never a contributor's text.

Only this module uses SMTP.
"""

import smtplib
import socket
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
# Template → subject of a mail that asks for no action.
SUBJECTS = {"chain_head": "Transom: head of the chain of events, to keep"}
TIMEOUT_SECONDS = 10
# Hosts that need no TLS: mail to this machine does not cross a network.
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


class MailServerUnavailable(Exception):
    """The mail server does not answer, refuses the log-in, or offers no trusted encryption. The message is one of CAUSES."""


# Error → sentence for admins. The first class that fits counts. The errors themselves may quote an address.
CAUSES: dict[type[Exception], str] = {
    smtplib.SMTPAuthenticationError: "The mail server refuses the user name or the password.",
    smtplib.SMTPNotSupportedError: "The mail server does not offer STARTTLS or a log-in, so no password was sent.",
    smtplib.SMTPServerDisconnected: "The mail server closes the connection.",
    smtplib.SMTPException: "The mail server refuses the connection.",
    ssl.SSLCertVerificationError: "The certificate of the mail server is not trusted.",
    ssl.SSLError: "No encryption can be agreed with the mail server.",
    socket.gaierror: "There is no mail server with this name.",
    ConnectionRefusedError: "Nothing answers at the port of the mail server.",
    TimeoutError: "The mail server does not answer in time.",
    OSError: "The mail server cannot be reached.",
}


@dataclass(frozen=True)
class MailServer:
    """Address of a mail server. `implicit_tls`: TLS from the first byte. `starttls`: TLS after STARTTLS."""

    host: str
    port: int
    user: str
    password: str
    implicit_tls: bool
    starttls: bool


def parse_smtp_url(url: str) -> MailServer:
    """Parse an address such as smtp://user:password@host:587, or smtps://… for implicit TLS."""
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
    """Context manager that sends mail over one connection, opened at the first message."""

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

    def send(self, address: str, template: str, counts: dict[str, int], **words: str) -> None:
        """Send a message made from templates/email/<template>.txt. `words` are further variables of the template.

        Raises MailServerUnavailable, or smtplib.SMTPException if the server refuses this message.
        """
        message = compose(self._settings, address, template, counts, **words)
        self._connected().send_message(message)

    def check_connection(self) -> None:
        """Connect and log in. Raises MailServerUnavailable."""
        self._connected()

    def _connected(self) -> smtplib.SMTP:
        if self._connection is None:
            self._connection = _connect(parse_smtp_url(self._settings.smtp_url))
        return self._connection


def compose(
    settings: Settings, address: str, template: str, counts: dict[str, int], **words: str
) -> EmailMessage:
    """Build a message with counts, further words of Transom's own, and a link to the desk."""
    message = EmailMessage()
    message["Subject"] = SUBJECTS.get(template, SUBJECT)
    message["From"] = settings.mail_from
    message["To"] = address
    message["Date"] = localtime()
    # The default Message-ID would contain the name of this machine.
    message["Message-ID"] = make_msgid(
        domain=parseaddr(settings.mail_from)[1].rpartition("@")[2] or "transom"
    )
    # Suppresses automatic replies such as "out of office" (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    desk = f"{settings.desk_base_url}/desk/"
    text = _templates().get_template(f"email/{template}.txt").render(counts=counts, desk=desk, **words)
    message.set_content(text)
    return message


def _connect(server: MailServer) -> smtplib.SMTP:
    try:
        return _open_connection(server)
    except OSError as error:  # OSError includes smtplib's errors, which may quote an address
        cause = next(said for kind, said in CAUSES.items() if isinstance(error, kind))
        raise MailServerUnavailable(cause) from error


def _open_connection(server: MailServer) -> smtplib.SMTP:
    tls = ssl.create_default_context()
    connection: smtplib.SMTP
    if server.implicit_tls:
        connection = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=tls)
    else:
        connection = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
    try:
        if server.starttls:
            connection.starttls(context=tls)
        if server.user:
            connection.login(server.user, server.password)
    except OSError:
        connection.close()
        raise
    return connection


@cache
def _templates() -> Environment:
    """Return the template environment. The mails are plain text, so nothing is escaped."""
    return Environment(  # noqa: S701
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
