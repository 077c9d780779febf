"""What a reply leaves open for the piece that it answers."""

import re
from collections.abc import Mapping

PLACEHOLDERS = ("title", "magazine")
_OPEN = re.compile(r"\{(" + "|".join(PLACEHOLDERS) + r")\}")


def filled(body: str, values: Mapping[str, str]) -> str:
    """The body with `{title}` and `{magazine}` filled in; other braces are words like any."""
    return _OPEN.sub(lambda found: values[found[1]], body)
