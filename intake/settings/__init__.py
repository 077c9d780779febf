"""Settings from environment variables, and from admins. Only this package reads variables. docs/settings.md lists them."""

import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields, replace
from functools import cache
from typing import Any

from intake.settings.field import SettingsError, file_variable, parse
from intake.settings.installation import Settings, is_encrypted, split_list

__all__ = ["Settings", "SettingsError", "is_encrypted", "settings", "split_list"]


class _Choices:
    """Values that admins chose on the page of settings, as name of a field → value."""

    values: Mapping[str, Any] = {}


@cache
def _choices() -> _Choices:
    return _Choices()


ON_PAGE = (
    "magazine", "sections", "hidden_sections", "form_languages", "two_approvals", "undo_seconds", "overdue_hours", "draft_days",
    "smtp_url", "mail_from", "digest_hours", "hourly_budget", "fastest_seconds", "checklists", "rejected_days", "spam_days",
    "withdrawn_days", "contact_days", "original_days",
)  # fmt: skip
"""Fields that admins can choose on the page of settings."""
FOLLOWS = {"hidden_sections": "sections"}
"""Field → field whose variable fixes it, too. Both belong together, so they must come from the same source."""


def choose(values: Mapping[str, str]) -> None:
    """Use values that admins chose, as name of a field → text, wherever the environment sets none.

    A value that this version cannot read is left out.
    """
    found: dict[str, Any] = {}
    for one in fields(Settings):
        if one.name in ON_PAGE and one.name in values:
            with suppress(SettingsError):
                found[one.name] = (
                    parse(one.metadata, values[one.name], one.type) if values[one.name] else one.default
                )
    _choices().values = found
    settings.cache_clear()


def set_by(name: str, env: Mapping[str, str] | None = None) -> str:
    """Return the environment variable that sets a field on this machine, or "" if none does."""
    source = os.environ if env is None else env
    for one in fields(Settings):
        if one.name in (name, FOLLOWS.get(name)):
            variable: str = one.metadata["env"]
            for spelling in (variable, file_variable(variable) if one.metadata["secret"] else ""):
                if source.get(spelling):
                    return spelling
    return ""


def in_force(machine: Settings) -> Settings:
    """Return the settings of a machine with the values that admins chose, wherever the environment sets none."""
    values = {name: value for name, value in _choices().values.items() if not set_by(name)}
    return replace(machine, **values) if values else machine


@cache
def settings() -> Settings:
    """Return the settings that count in this process: its environment, then the choices of admins, then defaults."""
    return in_force(Settings.from_env())


def choose_side(side: str) -> Settings:
    """Let this process serve the pages of one side only, whatever TRANSOM_WEB_SIDE says. Returns its settings."""
    os.environ["TRANSOM_WEB_SIDE"] = side
    settings.cache_clear()
    return settings()


def child_environment(**extra: str) -> dict[str, str]:
    """Return this process's environment and `extra`, for a child process."""
    return {**os.environ, **extra}


def decoder_environment() -> dict[str, str]:
    """Return the variables by which libraries and libmagic's database are found, for a process that decodes files.

    No setting of Transom is among them.
    """
    return {name: os.environ[name] for name in ("LD_LIBRARY_PATH", "MAGIC") if name in os.environ}
