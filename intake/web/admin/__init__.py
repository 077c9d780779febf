"""Admin pages: status, admin actions, accounts and tokens. Each module adds views to one blueprint."""

from intake.web.admin import (
    changes,
    controls,
    first_steps,
    jobs,
    live,
    logo,
    originals,
    overview,
    people,
    permissions,
    phrases,
    resets,
    retention,
    settings,
    status_pages,
    texts,
    tokens,
)
from intake.web.admin.blueprint import bp

__all__ = [
    "bp",
    "changes",
    "controls",
    "first_steps",
    "jobs",
    "live",
    "logo",
    "originals",
    "overview",
    "people",
    "permissions",
    "phrases",
    "resets",
    "retention",
    "settings",
    "status_pages",
    "texts",
    "tokens",
]
