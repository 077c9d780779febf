"""Feeds of accepted pieces, for programs with a token.

The token stands in a header, as a bearer token or as the password of HTTP Basic, which feed readers know. In the address it
would stand in the logs of every proxy, in the reader's list of subscriptions and wherever that is shared.
"""

import uuid
from urllib.parse import urlencode

from flask import Blueprint, Response, json, request, url_for
from flask.typing import ResponseReturnValue

from intake.db import transaction
from intake.errors import NotFound
from intake.publishing.accepted import AcceptedPage, accepted_submission, accepted_submissions
from intake.publishing.atom import atom
from intake.publishing.feed_channel import Channel
from intake.publishing.json_feed import json_feed
from intake.web.access import scopes
from intake.web.current import config
from intake.web.file_responses import picture

bp = Blueprint("feeds", __name__, url_prefix="/feeds")


@bp.get("/accepted.json")
@scopes("feed", basic=True)
def accepted_json() -> ResponseReturnValue:
    """JSON Feed 1.1."""
    found = _page()
    text = json.dumps(json_feed(found, _channel(found)), ensure_ascii=False, sort_keys=False)
    return _revalidated(text.encode(), "application/feed+json")


@bp.get("/accepted.atom")
@scopes("feed", basic=True)
def accepted_atom() -> ResponseReturnValue:
    """Atom."""
    found = _page()
    return _revalidated(atom(found, _channel(found)), "application/atom+xml")


@bp.get("/submissions/<uuid:submission_id>/photos/<uuid:photo_id>/<size>")
@scopes("feed", basic=True)
def photo(submission_id: uuid.UUID, photo_id: uuid.UUID, size: str) -> ResponseReturnValue:
    """A photo of an accepted piece; of others the feed knows nothing."""
    with transaction() as session:
        known = {image.id for image in accepted_submission(session, submission_id).images}
    if photo_id not in known:
        raise NotFound
    return picture(submission_id, photo_id, size)


def _page() -> AcceptedPage:
    with transaction() as session:
        return accepted_submissions(session, request.args.get("after", ""))


def _channel(found: AcceptedPage) -> Channel:
    after = request.args.get("after", "")
    return Channel(
        config().magazine, config().base_url, _address(after), _address(found.next) if found.next else None
    )


def _address(after: str) -> str:
    query = f"?{urlencode({'after': after})}" if after else ""
    return config().base_url + url_for(request.endpoint or "") + query


def _revalidated(body: bytes, media_type: str) -> Response:
    """A reader asks every few minutes, and gets the whole only when it has changed."""
    answer = Response(body, mimetype=media_type)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Vary"] = "Authorization"
    answer.add_etag()
    answer.make_conditional(request)
    return answer
