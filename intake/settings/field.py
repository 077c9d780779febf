"""Fields of the settings: declared with a variable, a description and a pattern, parsed from text."""

import re
from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any

MAX_SECRET_BYTES = 64 * 1024


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
    hidden: bool = False,
) -> Any:
    """Declare a dataclass field that is read from the environment variable `env`.

    A secret may also come from the file that the variable `env`_FILE names.
    A wrong value of a `hidden` setting is not quoted, because it may be a secret by mistake.
    `form` is a regular expression for the whole value. `wanted` describes valid values in error messages.
    """
    metadata = {"env": env, "doc": doc, "secret": secret, "form": form, "wanted": wanted, "hidden": hidden}
    return field(default=default, metadata=metadata)


def raw_value(metadata: Mapping[str, Any], source: Mapping[str, str]) -> str:
    """Return the text of one setting: its variable or, of a secret, the content of the file that `…_FILE` names.

    Returns "" if neither is set. Space around the content of a file is dropped, so an empty file counts as not set.
    Raises SettingsError if both are set, or if the file cannot be read.
    """
    name = metadata["env"]
    value, path = source.get(name, ""), source.get(file_variable(name), "") if metadata["secret"] else ""
    if not path:
        return value
    if value:
        raise SettingsError(f"{name} and {file_variable(name)} are both set. Unset one of them.")
    try:
        with Path(path).expanduser().open("rb") as file:
            return file.read(MAX_SECRET_BYTES).decode().strip()
    except OSError as error:
        raise SettingsError(
            f"{file_variable(name)} names {path}, which cannot be read: {error.strerror}."
        ) from None
    except UnicodeDecodeError:
        raise SettingsError(f"{file_variable(name)} names {path}, which is no text in UTF-8.") from None


def file_variable(name: str) -> str:
    """Name of the variable that names a file with the value of the secret setting `name`."""
    return f"{name}_FILE"


def parse(metadata: Mapping[str, Any], raw: str, kind: Any) -> Any:
    """Convert the value `raw` of one variable to `kind`.

    Raises SettingsError, whose message does not quote a secret value.
    """
    if metadata["form"] and not re.fullmatch(metadata["form"], raw):
        found = "not valid" if metadata["secret"] or metadata["hidden"] else repr(raw)
        raise SettingsError(f"{metadata['env']} is {found}, but {metadata['wanted']} is needed.")
    if kind is int:
        return int(raw)
    return Path(raw).expanduser().absolute() if kind is Path else raw
