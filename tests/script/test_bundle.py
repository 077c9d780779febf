"""script/lib/bundle.mjs with the real esbuild: equal sources give equal bundles, and a change gives a new name."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from intake.web import bundles
from tests.script.test_environment import ROOT

# It fetches esbuild from npm, twice.
pytestmark = pytest.mark.slow


def _bundled(folder: Path, css: str = "") -> Path:
    """Return the static files of a checkout in `folder`, bundled. `css` is added to a stylesheet."""
    if not folder.exists():
        for name in ("script", "requirements"):
            shutil.copytree(ROOT / name, folder / name)
        without = shutil.ignore_patterns("bundle", "vendor")
        shutil.copytree(ROOT / "intake/static", folder / "intake/static", ignore=without)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(ROOT / name, folder)
    static = folder / "intake/static"
    with (static / "css/safety.css").open("a") as sheet:
        sheet.write(css)
    done = subprocess.run([folder / "script/vendor"], capture_output=True, text=True, check=True)
    if "the network does not answer" in done.stdout:
        pytest.skip("npm cannot be reached")
    assert "not" not in done.stdout
    return static


def test_bundles_are_reproducible_and_a_change_gives_a_new_name(tmp_path: Path) -> None:
    one, other = _bundled(tmp_path / "one"), _bundled(tmp_path / "another folder")
    first = {path.name: path.read_bytes() for path in (one / "bundle").iterdir()}
    assert first == {path.name: path.read_bytes() for path in (other / "bundle").iterdir()}
    before = bundles.read(one).files
    assert before.keys() == {"contribute.css", "contribute.js", "desk.css", "desk.js", "favicon.svg"}
    changed = _bundled(tmp_path / "one", css=".new { color: red }")
    after = bundles.read(changed).files
    assert {name for name in before if before[name] != after[name]} == {"contribute.css"}
    names = {path.name for path in (changed / "bundle").iterdir()}
    assert not [name for name in names if name.startswith(before["contribute.css"].split("/")[1])]
    for name in json.loads((changed / "bundle/manifest.json").read_text())["names"]:
        assert {f"{name}.gz", f"{name}.br"} <= names


def test_the_compressed_forms_are_smaller_and_hold_the_same(tmp_path: Path) -> None:
    import gzip

    static = _bundled(tmp_path / "one")
    for name in bundles.read(static).names:
        plain = (static / "bundle" / name).read_bytes()
        small = (static / "bundle" / f"{name}.gz").read_bytes()
        assert gzip.decompress(small) == plain
        assert (static / "bundle" / f"{name}.br").stat().st_size < len(small) < len(plain)
