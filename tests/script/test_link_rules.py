"""script/link-rules: the rules that it takes over, and the file that it wrote."""

import json
import runpy
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def script() -> SimpleNamespace:
    return SimpleNamespace(**runpy.run_path(str(ROOT / "script" / "link-rules")))


def _rule(names: list[str], **condition: Any) -> dict[str, Any]:
    transform = {"queryTransform": {"removeParams": names}}
    return {"action": {"type": "redirect", "redirect": {"transform": transform}}, "condition": condition}


def test_only_exact_names_and_places_are_taken_over(script: SimpleNamespace) -> None:
    found = script.converted(
        [
            _rule(["fbclid", "Q", "x"]),
            _rule(["cmpid"], excludedRequestDomains=["b.example", "a.example"]),
            _rule(["from", "page"], initiatorDomains=["a.example"]),
            _rule(["ref"], urlFilter="||a.example^"),
            _rule(["src"], urlFilter="||google.*/maps"),
            _rule(["aff"], urlFilter="||audible."),
            _rule(["a1"], urlFilter="||a.example/*/b"),
            _rule(["b1"], urlFilter="?ref=b"),
            _rule(["(c+)+"], urlFilter="||c.example/d?e"),
            {"action": {"type": "redirect", "redirect": {"transform": {"query": ""}}}, "condition": {"urlFilter": "||d.example^"}},
            {"action": {"type": "block"}, "condition": {"urlFilter": "||e.example^"}},
        ]
    )  # fmt: skip
    assert found["everywhere"] == "cmpid fbclid"
    assert found["except"] == {"cmpid": "a.example b.example"}
    assert found["hosts"] == {"a.example": "from ref", "audible.*": "aff"}
    assert found["paths"] == {"google.*": {"/maps": "src"}}


def test_another_package_is_refused(script: SimpleNamespace, tmp_path: Path) -> None:
    package = tmp_path / "other.tgz"
    package.write_bytes(b"other")
    with pytest.raises(SystemExit, match="its checksum differs"):
        script.rules(package)


def test_the_file_is_of_the_version_that_the_script_names(script: SimpleNamespace) -> None:
    rules = json.loads(script.OUTPUT.read_text(encoding="utf-8"))
    assert script.VERSION in rules["source"]
    dropped = [
        *rules["hosts"].values(),
        *(names for places in rules["paths"].values() for names in places.values()),
    ]
    assert {
        name
        for names in [rules["everywhere"], *dropped]
        for name in names.split()
        if name.lower() in script.KEPT
    } == set()
