"""Admin pages: status, admin actions, accounts and tokens. Each module adds views to one blueprint."""

from intake.web.admin import (
    controls,
    jobs,
    live,
    overview,
    people,
    permissions,
    phrases,
    resets,
    status_pages,
    texts,
    tokens,
)
from intake.web.admin.blueprint import bp

__all__ = [
    "bp",
    "controls",
    "jobs",
    "live",
    "overview",
    "people",
    "permissions",
    "phrases",
    "resets",
    "status_pages",
    "texts",
    "tokens",
]
