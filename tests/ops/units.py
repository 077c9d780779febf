"""The unit files that docs/ops/systemd.md shows, by the names under which they are to be saved."""

import re

from tests.ops.compose import ROOT

# A sentence that names the file, then its text.
UNIT = re.compile(r"`/etc/systemd/system/([^`]+)`[^`]*(?:`[^`\n]+`[^`]*)*```ini\n(.*?)```", re.DOTALL)
SETTINGS = re.compile(r"`/etc/transom\.env`[^`]*```ini\n(.*?)```", re.DOTALL)


def page() -> str:
    """The page as written."""
    return (ROOT / "docs/ops/systemd.md").read_text("utf-8")


def units() -> dict[str, str]:
    """Name of each unit or drop-in → its text."""
    return dict(UNIT.findall(page()))


def values(unit: str, name: str) -> list[str]:
    """All values of a name in a unit's text."""
    return re.findall(rf"^{name}=(.*)$", unit, re.MULTILINE)


def variables() -> list[str]:
    """Names of the variables in the file of settings."""
    found = SETTINGS.search(page())
    assert found
    return re.findall(r"^(\w+)=", found[1], re.MULTILINE)
