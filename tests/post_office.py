"""A mail server for tests: it keeps the mails that it receives, can refuse recipients, and can use TLS."""

import datetime as dt
import ipaddress
import socket
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class PostOffice:
    """State of the server. `mails` are the received (recipient, message), in order. `refused` are recipients to reject."""

    port: int = 0
    mails: list[tuple[str, Message]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    logins: list[bytes] = field(default_factory=list)
    connections: int = 0

    def texts(self) -> list[str]:
        """Bodies of the mails."""
        return [str(letter.get_payload()) for _, letter in self.mails]


class Clerk(socketserver.StreamRequestHandler):
    """One connection (RFC 5321, as far as it is needed)."""

    office: PostOffice
    context: ssl.SSLContext | None
    wrapped: bool

    def setup(self) -> None:
        if self.context and self.wrapped:
            self.request = self.context.wrap_socket(self.request, server_side=True)
        super().setup()
        self.office.connections += 1
        self._to = ""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words.split(" ")[0].upper()
            if verb == "QUIT":
                return
            getattr(self, f"on_{verb}", self.on_other)(words)

    def on_EHLO(self, _words: str) -> None:  # noqa: N802
        upgrade = ["STARTTLS"] if self.context and not self.wrapped else []
        offers = ["here", *upgrade, "AUTH PLAIN"]
        for offer in offers[:-1]:
            self._say(f"250-{offer}")
        self._say(f"250 {offers[-1]}")

    def on_STARTTLS(self, _words: str) -> None:  # noqa: N802
        assert self.context
        self._say("220 go on")
        self.request = self.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def on_AUTH(self, words: str) -> None:  # noqa: N802
        self.office.logins.append(words.encode())
        self._say("235 come in")

    def on_RCPT(self, words: str) -> None:  # noqa: N802
        self._to = words.partition("<")[2].partition(">")[0]
        self._say("550 nobody here" if self._to in self.office.refused else "250 fine")

    def on_DATA(self, _words: str) -> None:  # noqa: N802
        self._say("354 speak")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.office.mails.append((self._to, message_from_bytes(b"".join(lines))))
        self._say("250 kept")

    def on_other(self, _words: str) -> None:
        self._say("250 fine")

    def finish(self) -> None:
        super().finish()
        self.request.close()  # After STARTTLS, the server would close only the plain socket under it.

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True

    def handle_error(self, *_: object) -> None:
        """Print nothing: a client that does not trust the certificate closes the connection, which some tests want."""


@contextmanager
def open_post_office(
    context: ssl.SSLContext | None = None, *, wrapped: bool = False, port: int = 0
) -> Iterator[PostOffice]:
    """Run a mail server during the block, on the given port of this machine or else on any free port."""
    office = PostOffice()
    clerk = type("ItsClerk", (Clerk,), {"office": office, "context": context, "wrapped": wrapped})
    with _Server(("127.0.0.1", port), clerk) as server:
        office.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield office
        server.shutdown()
        thread.join()


@pytest.fixture
def post_office() -> Iterator[PostOffice]:
    """A mail server without TLS, as on the same machine."""
    with open_post_office() as office:
        yield office


def certificate(folder: Path) -> Path:
    """A file with a self-signed certificate for `localhost` and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "certificate.pem"
    path.write_bytes(
        made.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


def serving(path: Path) -> ssl.SSLContext:
    """SSL context of a server with this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


def closed_port() -> int:
    """A port on which no server listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
