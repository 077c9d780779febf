"""Five photos of 6 MB over loopback, by each way to send them, compared with a bare stream to the disk.

- **bare**: five bodies of 6 MB, each written to the disk as it is, by Transom's web server with an application that does nothing else.
- **one form**: the five photos in one form, as without scripts on the page “send everything at once” and by the API.
- **draft, form**: a draft, and each photo by a form of its own, as without scripts.
- **draft, tus**: a draft, and each photo by the protocol tus in one part, as with scripts.
- **one form, 1 MB** and **200 MB**: one photo of 1 MB, and five of 40 MB, to see what memory depends on.
- **page**: 200 times the page with the form. Wall time is the mean, `p95_ms` the time in which 95 % of the pages came.

All but the first encrypt the photos, check their kind and commit. Workers are paused. CPU time and peak memory are those of the web server's
processes.
"""

import base64
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx

from tests.bench import pipeline
from tests.bench.case import Case, Context, Measures
from tests.bench.family import Watch
from tests.photos import made
from tests.waiting import until
from tests.web.bodies import MULTIPART, File, multipart
from tests.web.people import RECEIPT, WORDS, value

MB = 1_000_000
NUMBER, SIZE = 5, 6 * MB
PAGES = 200
TUS = {"Tus-Resumable": "1.0.0"}
PAUSED = ("photos", "text")


@contextmanager
def shared() -> Iterator[Context]:
    """Installation whose workers are paused, and the bare server."""
    with pipeline.installed(_draw) as context:
        environment = {**os.environ, "TRANSOM_DATA_DIR": f"{context['folder']}/data"}
        for queue in PAUSED:
            command = [
                sys.executable,
                "-m",
                "intake",
                "queue",
                "pause",
                queue,
                "--reason",
                "Uploads are measured",
            ]
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        with _bare(Path(context["folder"]), environment) as (port, pid):
            yield {
                **context,
                "bare_url": f"http://127.0.0.1:{port}",
                "bare_pid": str(pid),
                "pid": str(_web(context)),
            }


def _draw(folder: Path) -> None:
    (folder / "head").write_bytes(made.encoded(made.scene(), "JPEG"))


@contextmanager
def _bare(folder: Path, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "tests.bench.stream", str(port)]
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(command, env={**environment, "PYTHONPATH": str(root)}, cwd=folder)
    try:
        until(lambda: _answers(port))
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    with suppress(httpx.TransportError):
        return httpx.get(f"http://127.0.0.1:{port}/healthz/live").status_code == httpx.codes.OK
    return False


def _web(context: Context) -> int:
    """Return the id of the web server's first process, a child of the installation's."""
    parent = Path(f"/proc/{context['pid']}/task/{context['pid']}/children")
    for pid in parent.read_text().split():
        if Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[-2] == b"web":
            return int(pid)
    raise LookupError("no web server")


def _photos(context: Context, number: int, size: int) -> list[bytes]:
    head = (Path(context["folder"]) / "head").read_bytes()
    return [head + os.urandom(size - len(head)) for _ in range(number)]


@contextmanager
def _watched(context: Context, pid: str = "pid", url: str = "url") -> Iterator[tuple[httpx.Client, Measures]]:
    """HTTP client for `context[url]`, and a dict that gets the cost of the server process `context[pid]`.

    At the end of the block, the dict receives `wall_s`, `cpu_s` and `peak_mb`.
    """
    costs: Measures = {}
    with httpx.Client(base_url=context[url], timeout=300) as client:
        client.get("/healthz/live")
        begun = time.perf_counter()
        with Watch(int(context[pid])) as watch:
            yield client, costs
            wall = time.perf_counter() - begun
    costs |= {"wall_s": wall, "cpu_s": watch.cpu_s, "peak_mb": watch.peak_mb}


def bare(context: Context) -> Measures:
    """Bodies that are only written."""
    photos = _photos(context, NUMBER, SIZE)
    with _watched(context, "bare_pid", "bare_url") as (client, costs):
        for photo in photos:
            client.post("/bodies", content=photo).raise_for_status()
    return costs


def one_form(context: Context) -> Measures:
    """Send photos in one form, with the number and size of the case."""
    photos = _photos(context, int(context["number"]), int(context["size"]))
    body = multipart(WORDS, [File(f"photo-{number}", data) for number, data in enumerate(photos, 1)])
    with _watched(context) as (client, costs):
        client.post(
            "/api/v1/submissions", content=body, headers={"Content-Type": MULTIPART}
        ).raise_for_status()
    return costs


def draft_by_forms(context: Context) -> Measures:
    """A draft that gets each photo by a form."""
    photos = _photos(context, NUMBER, SIZE)
    with _watched(context) as (client, costs):
        page = _begun(client)[1]
        for photo in photos:
            fields = (
                {name: value(page, name) for name in ("receipt", "upload", "version")}
                | WORDS
                | {"do": "save"}
            )
            body = multipart(fields, [File("photo", photo)])
            answer = client.post("/drafts/changes", content=body, headers={"Content-Type": MULTIPART})
            page = answer.raise_for_status().text
    assert page.count("data-photo=") == NUMBER
    return costs


def draft_by_tus(context: Context) -> Measures:
    """A draft that gets each photo by tus."""
    photos = _photos(context, NUMBER, SIZE)
    with _watched(context) as (client, costs):
        receipt, _page = _begun(client)
        place = client.post("/uploads", data={"receipt": receipt}).raise_for_status().json()["url"]
        for number, photo in enumerate(photos):
            mark = base64.b64encode(b"upload-%d" % number).decode()
            headers = {**TUS, "Upload-Length": str(len(photo)), "Upload-Metadata": f"upload {mark}"}
            file = client.post(place, headers=headers).raise_for_status().headers["Location"]
            part = {**TUS, "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
            client.patch(file, content=photo, headers=part).raise_for_status()
    return costs


def _begun(client: httpx.Client) -> tuple[str, str]:
    """Begin a draft. Returns its receipt and its page."""
    token = value(client.get("/").text, "token")
    code = client.post("/drafts", data={"token": token}).raise_for_status()
    found = RECEIPT.search(re.sub(r"<[^>]+>", "", code.text))
    assert found
    return found[0], client.post(
        "/drafts/confirmations", data={"token": token, "noted": "y"}
    ).raise_for_status().text


def page(context: Context) -> Measures:
    """Request the page with the form repeatedly."""
    seconds = []
    with _watched(context) as (client, costs):
        for _ in range(PAGES):
            begun = time.perf_counter()
            client.get("/send").raise_for_status()
            seconds.append(time.perf_counter() - begun)
    costs["wall_s"], costs["cpu_s"] = costs["wall_s"] / PAGES, costs["cpu_s"] / PAGES
    costs["p95_ms"] = sorted(seconds)[int(PAGES * 0.95)] * 1000
    return costs


def _form(name: str, number: int, size: int, baseline: str = "") -> Case:
    given = {"number": str(number), "size": str(size)}
    return Case(
        name, call=one_form, given=given, baseline=baseline, also_compared=("cpu_s",) if baseline else ()
    )


CASES = [
    Case("bare", call=bare),
    _form("one form", NUMBER, SIZE, baseline="bare"),
    Case("draft, form", call=draft_by_forms, baseline="bare", also_compared=("cpu_s",)),
    Case("draft, tus", call=draft_by_tus, baseline="bare", also_compared=("cpu_s",)),
    _form("one form, 1 MB", 1, MB),
    _form("one form, 200 MB", 5, 40 * MB),
    Case("page", call=page),
]
