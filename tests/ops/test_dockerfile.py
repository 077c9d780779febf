"""The Dockerfile, as far as it can be proven without Docker."""

import json
import re
import tomllib

from tests.ops.compose import ROOT
from tests.ops.dockerfile import instructions, last_stage, rest_of

VENDOR, BUILD, IMAGE = range(3)
SECRET = re.compile(r"password|secret|token|master_key|database_url|redis_url", re.IGNORECASE)


def runs(stage: int) -> str:
    return "\n".join(one.rest for one in instructions() if one.word == "RUN" and one.stage == stage)


def copied_from_here() -> dict[int, set[str]]:
    """Stage → what it takes from the checkout."""
    found: dict[int, set[str]] = {}
    for one in instructions():
        if one.word == "COPY" and not one.rest.startswith("--from"):
            found.setdefault(one.stage, set()).update(one.rest.split()[:-1])
    return found


def test_it_has_several_stages_and_all_stand_on_the_same_slim_debian() -> None:
    bases = [one.rest.split()[0] for one in instructions() if one.word == "FROM"]
    assert bases == ["node:24-bookworm-slim", *["python:3.13-slim-bookworm"] * 2]


def test_the_rich_editor_and_the_bundles_are_in_it_or_there_is_no_image() -> None:
    made = ("intake/static/vendor/prosemirror.js", "intake/static/bundle/manifest.json")
    assert runs(VENDOR) == " && ".join(["script/vendor", *(f"test -f {path}" for path in made)])
    copies = [one.rest for one in instructions() if one.word == "COPY" and one.stage == BUILD]
    for folder in ("intake/static/vendor", "intake/static/bundle"):
        assert copies.index(f"--from=vendor /build/{folder} {folder}") > copies.index("intake intake")
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]
    assert built["targets"]["wheel"]["artifacts"] == ["intake/static/bundle/", "intake/static/vendor/"]


def test_the_python_of_the_image_is_one_that_we_support() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert "Programming Language :: Python :: 3.13" in project["classifiers"]


def test_it_does_not_run_as_root() -> None:
    (user,) = rest_of("USER")
    assert user.split(":")[0].isdecimal()
    assert user.split(":")[0] != "0"
    order = [one.word for one in last_stage()]
    assert "RUN" not in order[order.index("USER") :]


def test_what_is_installed_has_a_hash_or_comes_from_here() -> None:
    installs = re.findall(r"pip (?:install|wheel) [^&\n]*", runs(BUILD))
    assert len(installs) == 3
    for one in installs:
        assert "--require-hashes" in one or ("--no-index" in one and "--no-deps" in one), one
    assert "pip" not in runs(IMAGE)


def test_no_secret_goes_in() -> None:
    assert [one.rest for one in instructions() if one.word == "ARG"] == ["FACES="], (
        "which only chooses the lock"
    )
    assert not [one.rest for one in instructions() if one.word == "ENV" and SECRET.search(one.rest)]
    assert not [one.rest for one in instructions() if one.word == "COPY" and ".env" in one.rest]


def test_only_what_the_build_needs_is_sent_to_it() -> None:
    rules = (ROOT / ".dockerignore").read_text("utf-8").split("\n")
    rules = [rule for rule in rules if rule and not rule.startswith("#")]
    assert rules[0] == "*"
    copied = set().union(*copied_from_here().values())
    assert {rule[1:] for rule in rules if rule.startswith("!")} == {word.split("/")[0] for word in copied}


def test_it_copies_all_that_the_wheel_is_made_of() -> None:
    built = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = built["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]
    copied = copied_from_here()[BUILD]
    assert copied >= {*packages, built["project"]["readme"], *built["project"]["license-files"]}


def test_libmagic_is_debians() -> None:
    assert re.search(r"apt-get install --yes --no-install-recommends libmagic1\b", runs(IMAGE))


def test_the_image_says_how_it_does_and_starts_the_web_server() -> None:
    assert "/healthz/live" in rest_of("HEALTHCHECK")[0]
    # Docker before 25 and Podman 4 build no image with this.
    assert "--start-interval" not in rest_of("HEALTHCHECK")[0]
    assert json.loads(rest_of("CMD")[0]) == ["transom", "web"]
    assert rest_of("VOLUME") == ["/data"]
