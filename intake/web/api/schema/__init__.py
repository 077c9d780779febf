"""The description of the API (OpenAPI 3.1), with this newsroom's own limits and sections."""

from typing import Any

from intake.settings import Settings
from intake.version import VERSION
from intake.web.api.schema import admin, batches, desk, feeds, photos, receipts, submissions
from intake.web.api.schema import canned_replies as replies
from intake.web.api.schema import people as editors
from intake.web.api.schema import people as for_you
from intake.web.api.schema import responses as answers
from intake.web.api.schema import revisions as history
from intake.web.api.schema import saved_views as views
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
            **history.paths(),
            **for_you.PATHS,
            **views.PATHS,
            **batches.PATHS,
            **editors.PATHS,
            **replies.PATHS,
            **desk.paths(settings),
            **feeds.PATHS,
            **admin.PATHS,
        },
        "components": {
            "schemas": {
                "Problem": PROBLEM,
                **submissions.SCHEMAS,
                **receipts.SCHEMAS,
                **answers.SCHEMAS,
                **history.SCHEMAS,
                **for_you.SCHEMAS,
                **views.SCHEMAS,
                **batches.SCHEMAS,
                **editors.SCHEMAS,
                **replies.SCHEMAS,
                **admin.SCHEMAS,
            },
            "securitySchemes": TOKENS,
        },
    }
