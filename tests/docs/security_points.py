"""Points of docs/security-checklist.md, read from security_points.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("security_points.toml")
HEAD = """# Security checklist

For admins and developers: 70 points that must hold, and the tests that show each of them.

The numbers are stable, so that other pages and tests can name a point. A test is a function of the named file in `tests/`. “Not yet” says what is
missing. The [threat model](threat-model.md) says what the points mean for people.

`script/security-checklist` makes this page from `tests/docs/security_points.toml`. A test checks that every named test exists.

{open_points}

| point | what must hold | shown by | not yet |
|---|---|---|---|
"""


@dataclass(frozen=True)
class SecurityPoint:
    """One point of the security checklist.

    `holds` is what must hold. `tests` are `file::function` below `tests/`. An empty `not_yet` means that nothing is
    missing.
    """

    number: int
    holds: str
    tests: tuple[str, ...] = ()
    not_yet: str = ""


@cache
def points() -> list[SecurityPoint]:
    """All points in the order of the file. Raises TypeError if a point has an unknown key."""
    read = tomllib.loads(SOURCE.read_text("utf-8"))
    return [
        SecurityPoint(int(number), **{**one, "tests": tuple(one.get("tests", ()))})
        for number, one in read.items()
    ]


def document() -> str:
    """Markdown of the whole page."""
    missing = [str(one.number) for one in points() if one.not_yet]
    told = (
        f"{len(missing)} points do not hold completely: {', '.join(missing)}."
        if missing
        else "All points hold."
    )
    return HEAD.format(open_points=told) + "".join(map(_row, points()))


def _row(point: SecurityPoint) -> str:
    shown = "<br>".join(f"`{test}`" for test in point.tests)
    return f"| {point.number} | {point.holds} | {shown} | {point.not_yet} |\n"
