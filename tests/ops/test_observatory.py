"""Mozilla's HTTP Observatory, its own program, on pages behind nginx and Caddy. It is installed from npm for the test."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ops.test_proxies import HOSTS, Proxy, proxy

__all__ = ["proxy"]

pytestmark = pytest.mark.slow

DRIVER = Path(__file__).with_name("observatory.mjs")
PACKAGE = "@mdn/mdn-http-observatory"
VERSION = "1.4.8"
ENOUGH = 130
SEND, DESK = HOSTS
# Page → expected HTTP status. 404 includes pages of the other side. The program also scores error pages.
PAGES = {
    f"{SEND}/": 200, f"{SEND}/send": 200, f"{SEND}/safety": 200, f"{SEND}/receipt": 200, f"{SEND}/ar/receipt": 200,
    f"{SEND}/nowhere": 404, f"{SEND}/api/v1/openapi.json": 200, f"{SEND}/api/nowhere": 404, f"{SEND}/login": 404,
    f"{SEND}/static/css/base.css": 200, f"{SEND}/healthz/live": 200, f"{DESK}/login": 200, f"{DESK}/desk/": 200,
    f"{DESK}/admin/": 200, f"{DESK}/feeds/accepted.json": 401, f"{DESK}/nowhere": 404,
}  # fmt: skip


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the package, installed without its scripts, which download lists."""
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("npm is not installed")
    folder = tmp_path_factory.mktemp("observatory")
    words = [npm, "install", "--ignore-scripts", "--no-audit", "--no-fund", f"{PACKAGE}@{VERSION}"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("npm cannot be reached")
    return folder / "node_modules" / PACKAGE


def test_every_kind_of_page_scores(proxy: Proxy, package: Path) -> None:
    done = subprocess.run(
        ["node", str(DRIVER), str(package), str(proxy.port), *PAGES],
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(proxy.certificate)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {page: one["status"] for page, one in found.items()} == PAGES
    scores = {page: 100 + sum(one["points"].values()) for page, one in found.items()}
    print(scores)
    assert {page: found[page] for page, score in scores.items() if score < ENOUGH} == {}
    assert all(points >= 0 for one in found.values() for points in one["points"].values())
