"""Feeds of accepted submissions, for programs with a token.

The token is sent as a bearer token, or as the password of HTTP Basic for feed readers. A token in the URL
would appear in the logs of proxies and in exported lists of subscriptions.
"""

import uuid
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, json, request, url_for

from intake.db import transaction
from intake.errors import NotFound
from intake.models.photo import SIZES
from intake.permissions.reach import reach_of
from intake.publishing.accepted import AcceptedPage, accepted_submission, accepted_submissions
from intake.publishing.atom import atom
from intake.publishing.feed_channel import Channel
from intake.publishing.json_feed import json_feed
from intake.web.access import program_requires
from intake.web.api.fields import BYTES
from intake.web.api.operation import operation
from intake.web.current import config
from intake.web.file_responses import picture
from intake.web.token_auth import editor

TEXT = {"type": "string"}
GUARDED = {403: "The token lacks the scope feed."}
FEED: dict[str, Any] = {
    "answers": {200: "Up to 50 submissions, newest first.", 304: "Nothing has changed."},
    "refusals": GUARDED,
    "parameters": [
        {
            "name": "after",
            "in": "query",
            "required": False,
            "schema": TEXT,
            "description": "From the next link.",
        },
        {"name": "If-None-Match", "in": "header", "required": False, "schema": TEXT},
    ],
}

bp = Blueprint("feeds", __name__, url_prefix="/feeds")


@bp.get("/accepted.json")
@program_requires("feed.read", basic=True)
@operation(
    "feedJson",
    "Accepted submissions as JSON Feed 1.1.",
    media={"application/feed+json": {"type": "object"}},
    **FEED,
)
def accepted_json() -> Response:
    """Return a page of accepted submissions as JSON Feed 1.1."""
    found = _page()
    text = json.dumps(json_feed(found, _channel(found)), ensure_ascii=False, sort_keys=False)
    return _revalidated(text.encode(), "application/feed+json")


@bp.get("/accepted.atom")
@program_requires("feed.read", basic=True)
@operation(
    "feedAtom", "Accepted submissions as Atom (RFC 4287).", media={"application/atom+xml": TEXT}, **FEED
)
def accepted_atom() -> Response:
    """Return a page of accepted submissions as Atom (RFC 4287)."""
    found = _page()
    return _revalidated(atom(found, _channel(found)), "application/atom+xml")


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/<size>")
@program_requires("feed.read", basic=True)
@operation(
    "readFeedPhoto",
    "A photo of an accepted submission.",
    answers={200: "The bytes."},
    refusals={**GUARDED, 404: "No clean photo of an accepted submission."},
    path={"size": {"enum": list(SIZES)}},
    media={"image/*": BYTES},
)
def photo(submission_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> Response:
    """Return a photo of an accepted submission. Answers 404 for photos of other submissions."""
    with transaction() as session:
        known = {image.id for image in accepted_submission(session, submission_id).images}
    if photo_id not in known:
        raise NotFound
    return picture(submission_id, photo_id, size)


def _page() -> AcceptedPage:
    with transaction() as session:
        return accepted_submissions(session, request.args.get("after", ""), reach_of(editor()))


def _channel(found: AcceptedPage) -> Channel:
    after = request.args.get("after", "")
    return Channel(
        config().magazine,
        config().desk_base_url,
        _address(after),
        _address(found.next) if found.next else None,
    )


def _address(after: str) -> str:
    query = f"?{urlencode({'after': after})}" if after else ""
    return config().desk_base_url + url_for(request.endpoint or "") + query


def _revalidated(body: bytes, media_type: str) -> Response:
    """Return a response with an ETag. Feed readers poll, and get 304 if the feed has not changed."""
    answer = Response(body, mimetype=media_type)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Authorization"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
