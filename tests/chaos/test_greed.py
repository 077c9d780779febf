"""Overload by one attacking laptop, while an editor and contributors go on working. Points 41 to 45 of the security list.

TRANSOM_TEST_ATTACK_SECONDS sets the length of each attack. The default is short. For published figures, use 60.
"""

import asyncio
import io
import os
import random
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlencode

import httpx
import psutil
import pytest
from PIL import Image

from tests.race.editor import TOKEN, VERSION, Racer
from tests.waiting import until
from tests.web.server import attackers
from tests.web.server.attackers import HOST, Client, Visits, attack, flood, request, visits
from tests.whole import Whole, running

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("TRANSOM_TEST_ATTACK_SECONDS", "10"))
PASSWORD = "correct horse battery staple"
PHOTOS = 20
MOST_MEMORY = 200.0
"""Memory in MB by which the web server's processes may grow together during an attack."""


@dataclass
class Besieged:
    """Installation with an editor's session and the address of a ZIP with 20 photos."""

    whole: Whole
    cookie: str
    zip_path: str

    @property
    def port(self) -> int:
        return self.whole.settings.port

    def memory(self) -> float:
        """Return the memory of the web server's processes in MB, each page counted once."""
        return sum(psutil.Process(pid).memory_full_info().uss for pid in self.whole.pids("web")) / 2**20

    def beside(self, client: Client, number: int) -> tuple[Visits, Visits, float]:
        """Visit pages as contributor and as editor during an attack. Returns both results, and the growth of memory in MB."""
        before = self.memory()
        with attack(self.port, client, number):
            public = visits(self.port, ("/", "/send", "/healthz/live", "/healthz/ready"), SECONDS / 2)
            desk = visits(self.port, ("/desk/", "/healthz/live"), SECONDS / 2, self.cookie)
            grown = self.memory() - before
        return public, desk, grown


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Besieged]:
    with running(tmp_path_factory.mktemp("greed"), TRANSOM_UNDO_SECONDS=0) as whole:
        whole.add_editor("asel@transom.example", PASSWORD, "editor")
        whole.submit("Twenty photos", photos=[photo(number) for number in range(PHOTOS)])
        with httpx.Client(base_url=whole.settings.base_url, timeout=60) as client:
            Racer(client, random.Random(0)).log_in("asel@transom.example", PASSWORD)
            path = until(lambda: in_review(client), 240)
            page = client.get(path).text
            token, version = TOKEN.search(page), VERSION.search(page)
            assert token
            assert version
            fields = {
                "csrf_token": token[1],
                "version": version[1],
                "verdict": "accept",
                "message": "Thank you.",
            }
            assert client.post(f"{path}/decisions", data=fields).status_code == 303
            until(lambda: client.get(f"{path}/export.zip").status_code == 200, 120)
            cookie = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
        yield Besieged(whole, cookie, f"{path}/export.zip")


def photo(number: int) -> bytes:
    """Return a JPEG of 6 megapixels that does not compress well."""
    noise = Image.effect_noise((3000, 2000), 40 + number)
    out = io.BytesIO()
    noise.convert("RGB").save(out, "JPEG", quality=92)
    return out.getvalue()


def in_review(client: httpx.Client) -> str:
    """Return the path of the submission once all photos are clean."""
    found = re.search(r'href="(/desk/submissions/[0-9a-f-]{36})"', client.get("/desk/").text)
    return found[1] if found else ""


def log_in() -> Client:
    """Return a client that guesses a password, each time on a new page."""

    async def client(port: int) -> None:
        while True:
            with suppress(OSError):
                page = await request(port, b"GET /login HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
                token = re.search(rb'name="csrf_token"[^>]* value="([^"]+)"', page)
                cookie = re.search(rb"[Ss]et-[Cc]ookie: ([^;]+)", page)
                if token and cookie:
                    words = {"csrf_token": token[1], "email": "asel@transom.example", "password": "wrong" * 4}
                    body = urlencode(words).encode()
                    head = (
                        b"POST /login HTTP/1.1\r\nHost: here\r\nConnection: close\r\nCookie: %s\r\n"
                        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n"
                    ) % (cookie[1], len(body))
                    await request(port, head + body)

    return client


def held(path: str, cookie: str) -> Client:
    """Return an attacking client that requests a long response and reads it very slowly."""

    async def client(port: int) -> None:
        data = f"GET {path} HTTP/1.1\r\nHost: here\r\nCookie: {cookie}\r\n\r\n".encode()
        while True:
            with suppress(OSError):
                reader, writer = await asyncio.open_connection(HOST, port, limit=4096)
                try:
                    writer.write(data)
                    while await reader.read(1000):
                        await asyncio.sleep(0.2)
                finally:
                    writer.close()
            await asyncio.sleep(0.2)

    return client


ATTACKS: dict[str, tuple[Callable[[Besieged], Client], int]] = {
    "150 dripping bodies": (lambda _: attackers.body, 150),
    "150 half headers": (lambda _: attackers.headers, 150),
    "150 idle connections": (lambda _: attackers.idle, 150),
    "150 answers that are not read": (lambda _: attackers.never_read, 150),
    "40 parallel logins": (lambda _: log_in(), 40),
    "70 streams": (lambda one: held("/desk/stream", one.cookie), 70),
    "12 ZIPs": (lambda one: held(one.zip_path, one.cookie), 12),
    "2 clients that never pause": (
        lambda _: flood(b"GET /send HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"), 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_pages_answer_and_memory_stays_beside(besieged: Besieged, name: str) -> None:
    begin, number = ATTACKS[name]
    public, desk, grown = besieged.beside(begin(besieged), number)
    for seen in (public, desk):
        for path, statuses in seen.statuses.items():
            print(f"{name}: {path} p95 {seen.p95(path):.2f} s, {len(seen.seconds[path])} visits, {statuses}")
            assert statuses == {200}, (path, statuses)
    print(f"{name}: memory {grown:+.0f} MB")
    assert grown < MOST_MEMORY
    # After the attack, everything recovers without intervention.
    after = visits(besieged.port, ("/send", "/desk/"), 2, besieged.cookie)
    assert set().union(*after.statuses.values()) == {200}
