"""The description of the API (OpenAPI 3.1), with this newsroom's own limits and sections."""

from typing import Any

from intake.settings import Settings
from intake.version import VERSION
from intake.web.api.schema import (
    admin,
    batches,
    canned_replies,
    desk,
    feeds,
    people,
    photos,
    receipts,
    responses,
    revisions,
    saved_views,
    submissions,
)
from intake.web.api.schema import people as for_you
from intake.web.api.schema.parts import PROBLEM, TOKENS

__all__ = ["describe"]


def describe(settings: Settings) -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{settings.magazine}: submissions", "version": VERSION},
        "servers": [{"url": settings.base_url}],
        "paths": {
            **submissions.paths(settings),
            **receipts.paths(settings, submissions.photos(settings), submissions.idempotency_key()),
            **photos.paths(),
            **revisions.paths(),
            **for_you.PATHS,
            **saved_views.PATHS,
            **batches.PATHS,
            **people.PATHS,
            **canned_replies.PATHS,
            **desk.paths(settings),
            **feeds.PATHS,
            **admin.PATHS,
        },
        "components": {
            "schemas": {
                "Problem": PROBLEM,
                **submissions.SCHEMAS,
                **receipts.SCHEMAS,
                **responses.SCHEMAS,
                **revisions.SCHEMAS,
                **for_you.SCHEMAS,
                **saved_views.SCHEMAS,
                **batches.SCHEMAS,
                **people.SCHEMAS,
                **canned_replies.SCHEMAS,
                **admin.SCHEMAS,
            },
            "securitySchemes": TOKENS,
        },
    }
