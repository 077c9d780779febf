"""Bundled stylesheets and scripts, and the single files where there are no bundles."""

import gzip
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from intake.paths import STATIC, TEMPLATES
from intake.settings import Settings
from intake.web import Transom, bundles, create_app
from intake.web.bundles import CACHE, Bundles, read, sources
from intake.web.headers import CSP

SHEETS = re.compile(r"sheets\(\[([^\]]*)\]\)")
LINKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
STYLE, CHUNK = "contribute-0123.css", "editor-ABCD.js"
PLAIN = b"body { color: black }"
FORMS = {"br": b"brotli", "gzip": gzip.compress(PLAIN), "": PLAIN}


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """A folder of static files with bundles."""
    folder = tmp_path / "static"
    for name in ("css/base.css", "js/contribute.js", "js/draft/index.js", "img/favicon.svg", "bundles.json"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(name)
    (folder / "bundle").mkdir()
    files = dict.fromkeys(("contribute.css", "contribute.js", "desk.css", "desk.js", "favicon.svg"), STYLE)
    manifest = {"sources": sources(folder), "files": files, "names": [STYLE, CHUNK]}
    (folder / "bundle/manifest.json").write_text(json.dumps(manifest))
    for name in (STYLE, CHUNK):
        for ending, form in ((".br", "br"), (".gz", "gzip"), ("", "")):
            (folder / "bundle" / f"{name}{ending}").write_bytes(FORMS[form])
    return folder


@pytest.fixture
def with_static(
    app_settings: Settings, static: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], Transom]:
    """Function that creates an application with the static files of `static`."""
    monkeypatch.setattr(bundles, "STATIC", static)
    monkeypatch.setattr("intake.web.STATIC", static)
    return lambda: create_app(app_settings)


@pytest.fixture
def client(with_static: Callable[[], Transom]) -> FlaskClient:
    return with_static().test_client()


def test_bundles_are_used_as_long_as_no_source_changes(static: Path) -> None:
    assert read(static).files["desk.css"] == f"bundle/{STYLE}"
    assert read(static).names == {STYLE, CHUNK}


@pytest.mark.parametrize(
    "changed", ["css/base.css", "js/draft/index.js", "img/favicon.svg", "bundles.json"], ids=str
)
def test_a_changed_source_switches_to_the_single_files(static: Path, changed: str) -> None:
    with (static / changed).open("a") as file:
        file.write(" ")
    assert read(static) == Bundles()


@pytest.mark.parametrize("change", ["new", "removed", "renamed"])
def test_so_does_one_that_is_new_or_gone(static: Path, change: str) -> None:
    if change == "new":
        (static / "css/new.css").touch()
    else:
        (static / "css/base.css").rename(static / ("css/other.css" if change == "renamed" else "gone"))
    assert read(static) == Bundles()


def test_a_checkout_without_bundles_has_none(static: Path) -> None:
    shutil.rmtree(static / "bundle")
    assert read(static) == Bundles()


def test_a_page_names_one_stylesheet_one_script_and_the_icon(client: FlaskClient) -> None:
    page = client.get("/receipt", follow_redirects=True)
    assert LINKED.findall(page.text) == [f"/static/bundle/{STYLE}"] * 3
    assert page.headers["Content-Security-Policy"] == CSP


def test_without_bundles_it_names_the_single_files(with_static: Callable[[], Transom], static: Path) -> None:
    shutil.rmtree(static / "bundle")
    linked = LINKED.findall(with_static().test_client().get("/receipt", follow_redirects=True).text)
    assert {"/static/css/base.css", "/static/js/contribute.js", "/static/img/favicon.svg"} <= set(linked)
    assert not [one for one in linked if "bundle" in one]


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.1, gzip", "br"),
        ("gzip, deflate", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("gzip;q=0, br;q=0", ""),
        ("identity", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_client_gets_the_smallest_form_that_it_accepts(
    client: FlaskClient, accepted: str | None, coding: str
) -> None:
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    answer = client.get(f"/static/bundle/{STYLE}", headers=headers, buffered=True)
    assert answer.data == FORMS[coding]
    assert answer.headers.get("Content-Encoding", "") == coding
    assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers["Cache-Control"] == CACHE == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Security-Policy"] == CSP


def test_files_that_a_script_loads_later_are_bundles_too(client: FlaskClient) -> None:
    answer = client.get(f"/static/bundle/{CHUNK}", headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert (answer.headers["Content-Encoding"], answer.headers["Cache-Control"]) == ("gzip", CACHE)
    assert "javascript" in answer.headers["Content-Type"]


def test_nothing_else_is_kept_for_good(client: FlaskClient) -> None:
    for url in ("/static/css/base.css", "/static/bundle/manifest.json", f"/static/bundle/{STYLE}.gz"):
        assert client.get(url, buffered=True).headers["Cache-Control"] == "no-cache"
    for url in ("/static/bundle/gone-0123.css", f"/static/bundle/../bundle/{STYLE}x", "/static/bundle/"):
        assert client.get(url, buffered=True).status_code == 404


def test_every_sheet_of_a_page_is_in_the_bundle_of_its_side() -> None:
    sides = json.loads((STATIC / "bundles.json").read_text())
    for path in TEMPLATES.rglob("*.html"):
        name = path.relative_to(TEMPLATES).as_posix()
        asked = {
            sheet for found in SHEETS.findall(path.read_text()) for sheet in re.findall(r'"([^"]+)"', found)
        }
        for side, sheets in sides.items():
            if name == "base.html" or name.startswith("contribute/") == (side == "contribute"):
                assert asked <= set(sheets), f"{name}: add its stylesheets to {side} in bundles.json"


def test_every_stylesheet_is_bundled_and_every_bundled_one_is_there() -> None:
    named = [name for sheets in json.loads((STATIC / "bundles.json").read_text()).values() for name in sheets]
    assert {path.stem for path in (STATIC / "css").glob("*.css")} == set(named)


def test_a_bundle_says_what_its_single_files_say() -> None:
    """Test that bundles begin with the sheets of base.html in their order, because later CSS rules win."""
    base = re.findall(r'"([^"]+)"', SHEETS.findall((TEMPLATES / "base.html").read_text())[0])
    for sheets in json.loads((STATIC / "bundles.json").read_text()).values():
        assert sheets[: len(base)] == base
        assert len(sheets) == len(set(sheets))


def test_a_library_is_there_or_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundles, "STATIC", tmp_path)
    assert not bundles.is_vendored("x.js")
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "x.js").touch()
    assert bundles.is_vendored("x.js")
