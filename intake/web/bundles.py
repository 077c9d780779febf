"""Bundled stylesheets and scripts, and third-party libraries. Setup builds and downloads them.

If bundles are missing, pages load the single files. Pages also work without the libraries.
"""

import hashlib
import json
import mimetypes
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, Response, current_app, request, send_from_directory

from intake.paths import STATIC

FOLDER = "bundle"
# File names contain a hash of the contents, so browsers may cache the files for a year.
CACHE = "public, max-age=31536000, immutable"
# Content coding → ending of the compressed file, the smallest first.
CODINGS = {"br": ".br", "gzip": ".gz"}
SOURCES = ("bundles.json", "css", "js", "img/favicon.svg", "vendor/prosemirror.js", "vendor/tus.js")


@dataclass(frozen=True)
class Bundles:
    """Bundles of this installation. Both fields are empty if the single files are used.

    `files` has the path below `static/` of "contribute.css", "desk.js" and so on; `names` has all files that may be sent.
    """

    files: dict[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


def read(static: Path) -> Bundles:
    """Return the bundles of a folder of static files.

    Empty if the manifest is missing, or if a source has changed since the build, as during development.
    """
    try:
        manifest = json.loads((static / FOLDER / "manifest.json").read_bytes())
    except FileNotFoundError:
        return Bundles()
    if manifest["sources"] != sources(static):
        return Bundles()
    files = {name: f"{FOLDER}/{bundle}" for name, bundle in manifest["files"].items()}
    return Bundles(files, frozenset(manifest["names"]))


def sources(static: Path) -> str:
    """Return the hash of all bundled files, as script/lib/vendor.sh computes it."""
    tops = [static / name for name in SOURCES]
    files = [path for top in tops for path in (top, *top.rglob("*")) if path.is_file()]
    sums = {path.relative_to(static).as_posix(): hashlib.sha256(path.read_bytes()) for path in files}
    lines = [f"{found.hexdigest()}  {name}\n" for name, found in sorted(sums.items())]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def response(filename: str) -> Response | None:
    """Return a bundle in the smallest form that the client accepts, or None if `filename` is no bundle."""
    folder, _, name = filename.partition("/")
    if folder != FOLDER or name not in current_app.extensions["bundles"].names:
        return None
    coding = next((one for one in CODINGS if request.accept_encodings.quality(one) > 0), "")
    media_type = mimetypes.guess_type(name)[0]
    found = send_from_directory(STATIC / FOLDER, name + CODINGS.get(coding, ""), mimetype=media_type)
    if coding:
        found.headers["Content-Encoding"] = coding
    found.headers["Cache-Control"] = CACHE
    found.vary.add("Accept-Encoding")
    return found


def is_vendored(name: str) -> bool:
    """Return whether a library file is installed. Pages work without the file."""
    return (STATIC / "vendor" / name).is_file()


def init_app(app: Flask) -> None:
    """Read the bundles, and make them available in templates as `bundles`, and `is_vendored`."""
    app.jinja_env.globals["is_vendored"] = is_vendored
    app.extensions["bundles"] = app.jinja_env.globals["bundles"] = read(STATIC)
