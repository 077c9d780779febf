"""The examples for nginx and Caddy, started for real, with certificates of the test, in front of a real web server."""

import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from intake.settings import Settings
from tests.waiting import until
from tests.web.bodies import MULTIPART, File, multipart
from tests.web.conftest import quarantine
from tests.web.people import WORDS

pytestmark = pytest.mark.slow

OPS = Path(__file__).resolve().parents[2] / "docs/ops"
HOSTS = ("send.example.org", "desk.example.org")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def certify(folder: Path) -> Path:
    """Write a certificate for both hosts with its key. Returns its path, which ends in `.pem`; the key's ends in `.key`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Transom's test")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / "both.pem"
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    path.with_suffix(".key").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return path


@dataclass
class Proxy:
    """A proxy on `port`, with the certificate that a client should trust."""

    port: int
    certificate: Path
    settings: Settings
    folder: Path

    def line(self, host: str) -> ssl.SSLSocket:
        """Connect with TLS, as a client that looks for `host`."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        return context.wrap_socket(
            socket.create_connection(("127.0.0.1", self.port), timeout=20), server_hostname=host
        )

    def get(self, host: str, path: str) -> bytes:
        """Return an answer with its headers."""
        with self.line(host) as line:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
            return b"".join(iter(lambda: line.recv(65536), b""))


def nginx(folder: Path, port: int, certificate: Path, ports: tuple[int, int]) -> list[str]:
    text = (OPS / "nginx.conf").read_text()
    text = text.replace("listen 443 ssl", f"listen 127.0.0.1:{port} ssl")
    for name, upstream in zip(("send", "desk"), ports, strict=True):
        text = text.replace(f"/etc/ssl/transom/{name}.pem", str(certificate))
        text = text.replace(f"/etc/ssl/transom/{name}.key", str(certificate.with_suffix(".key")))
        text = text.replace(f"127.0.0.1:{8000 if name == 'send' else 8001};", f"127.0.0.1:{upstream};")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"daemon off; pid {folder}/pid; events {{}}\nhttp {{\n{temporary}{text}}}\n"
    (folder / "nginx.conf").write_text(whole)
    return ["nginx", "-e", str(folder / "errors"), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, port: int, certificate: Path, ports: tuple[int, int]) -> list[str]:
    text = (OPS / "Caddyfile").read_text()
    text = text.replace("{\n\tservers", "{\n\tadmin off\n\tauto_https off\n\tservers", 1)
    for name, upstream in zip(("send", "desk"), ports, strict=True):
        own = f"https://{name}.example.org:{port} {{\n\tbind 127.0.0.1\n\ttls {certificate} {certificate.with_suffix('.key')}\n"
        text = text.replace(f"{name}.example.org {{\n", own)
        text = text.replace(f"127.0.0.1:{8000 if name == 'send' else 8001} ", f"127.0.0.1:{upstream} ")
    (folder / "Caddyfile").write_text(text)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def proxy(request: pytest.FixtureRequest, app_settings: Settings, tmp_path: Path) -> Iterator[Proxy]:
    begin = request.param
    if not shutil.which(begin.__name__):
        pytest.skip(f"{begin.__name__} is not installed")
    ports, port = (free_port(), free_port()), free_port()
    certificate = certify(tmp_path)
    environment = {
        **os.environ,
        "PORT": str(ports[0]),
        "TRANSOM_DESK_BIND": f"127.0.0.1:{ports[1]}",
        "TRANSOM_PUBLIC_URL": "https://send.example.org",
        "TRANSOM_DESK_URL": "https://desk.example.org",
        "TRANSOM_WEB_WORKERS": "1",
        "XDG_DATA_HOME": str(tmp_path),
    }
    with (tmp_path / "log").open("wb") as log:
        started = [
            subprocess.Popen(command, env=environment, stdout=log, stderr=log)
            for command in (
                [sys.executable, "-m", "intake", "web"],
                begin(tmp_path, port, certificate, ports),
            )
        ]
    made = Proxy(port, certificate, app_settings, tmp_path)

    def answers() -> bool:
        assert [process.poll() for process in started] == [None, None], (tmp_path / "log").read_text()
        try:
            return b" 200 " in made.get(HOSTS[0], "/healthz/live")[:15]
        except OSError:
            return False

    until(answers)
    yield made
    for process in started:
        process.terminate()
        process.wait(20)


def test_each_host_has_its_own_side(proxy: Proxy) -> None:
    send, desk = HOSTS
    assert proxy.get(send, "/").startswith(b"HTTP/1.1 200")
    assert proxy.get(send, "/login").startswith(b"HTTP/1.1 404")
    login = proxy.get(desk, "/login")
    assert login.startswith(b"HTTP/1.1 200")
    head = login.partition(b"\r\n\r\n")[0].lower()
    assert b"strict-transport-security" in head
    assert b"set-cookie: __host-transom=" in head
    assert b"secure" in head
    assert proxy.get(desk, "/send").startswith(b"HTTP/1.1 404")


def test_an_upload_is_passed_on_while_it_comes_and_no_part_lies_on_a_disk(proxy: Proxy) -> None:
    body = multipart(WORDS, [File("photo-1", b"\xff\xd8\xff\xe0" + os.urandom(4_000_000))])
    head = (
        f"POST /api/v1/submissions HTTP/1.1\r\nHost: {HOSTS[0]}\r\nConnection: close\r\n"
        f"Content-Type: {MULTIPART}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with proxy.line(HOSTS[0]) as line:
        line.sendall(head.encode() + body[:2_000_000])
        # Half of the body has come: Transom has begun to store it, in encrypted form.
        until(lambda: len(quarantine(proxy.settings)) == 1)
        assert list(proxy.folder.rglob("client_body/*")) == []
        line.sendall(body[2_000_000:])
        assert line.recv(15).startswith(b"HTTP/1.1 201")


def test_slow_clients_leave_others_alone(proxy: Proxy) -> None:
    """100 bodies that drip through the proxy."""
    over = threading.Event()
    lines = [proxy.line(HOSTS[0]) for _ in range(100)]
    for line in lines:
        line.sendall(
            f"POST /submissions HTTP/1.1\r\nHost: {HOSTS[0]}\r\nContent-Type: {MULTIPART}\r\nContent-Length: 9000000\r\n\r\n".encode()
        )

    def drip() -> None:
        while not over.wait(0.5):
            for line in lines:
                line.sendall(b"a")

    thread = threading.Thread(target=drip)
    thread.start()
    try:
        seconds = []
        for _ in range(10):
            begun = time.perf_counter()
            for host, path in ((HOSTS[0], "/send"), (HOSTS[1], "/login")):
                assert proxy.get(host, path).startswith(b"HTTP/1.1 200")
            seconds.append((time.perf_counter() - begun) / 2)
        print(f"slowest page: {max(seconds):.2f} s")
    finally:
        over.set()
        thread.join()
        for line in lines:
            line.close()
