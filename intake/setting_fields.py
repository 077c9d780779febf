"""Fields of the settings: declared with a variable, a description and a pattern, parsed from text."""

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any


class SettingsError(Exception):
    """A setting is missing or invalid. The message names the setting and says what to do."""


def setting(
    env: str,
    default: Any,
    doc: str,
    *,
    secret: bool = False,
    form: str = "",
    wanted: str = "a whole number above 0",
) -> Any:
    """Declare a dataclass field that is read from the environment variable `env`.

    `form` is a regular expression for the whole value. `wanted` describes valid values in error messages.
    """
    metadata = {"env": env, "doc": doc, "secret": secret, "form": form, "wanted": wanted}
    return field(default=default, metadata=metadata)


def parse(metadata: Mapping[str, Any], raw: str, kind: Any) -> Any:
    """Convert the value `raw` of one variable to `kind`.

    Raises SettingsError, whose message does not quote a secret value.
    """
    if metadata["form"] and not re.fullmatch(metadata["form"], raw):
        found = "not valid" if metadata["secret"] else repr(raw)
        raise SettingsError(f"{metadata['env']} is {found}, but {metadata['wanted']} is needed.")
    if kind is int:
        return int(raw)
    return Path(raw).expanduser().absolute() if kind is Path else raw
