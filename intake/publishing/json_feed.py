"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/).

Members that JSON Feed does not define are under `_transom`.
"""

from typing import Any

from intake.languages import OTHER
from intake.publishing.accepted import Accepted, AcceptedPage, Image
from intake.publishing.feed_channel import Channel, identifier, media_type

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(page: AcceptedPage, channel: Channel) -> dict[str, Any]:
    """Convert a page of submissions to a JSON Feed document.

    Members without a value are left out, as the standard requires.
    """
    return _without_none(
        {
            "version": VERSION,
            "title": channel.title,
            "home_page_url": channel.base + "/desk/",
            "feed_url": channel.here,
            "next_url": channel.next,
            "items": [_item(submission, channel) for submission in page.items],
        }
    )


def _item(submission: Accepted, channel: Channel) -> dict[str, Any]:
    return _without_none(
        {
            "id": identifier(submission.id),
            "url": submission.published_url,
            "title": submission.title,
            # Required by the standard, so it is not left out even if it is empty.
            "content_html": channel.content(submission),
            "image": channel.photo(submission.id, submission.featured, "web")
            if submission.featured
            else None,
            "date_published": submission.since.isoformat(),
            "date_modified": submission.changed_at.isoformat(),
            "authors": [{"name": submission.print_name}] if submission.print_name else None,
            "tags": submission.tags or None,
            "language": submission.language if submission.language != OTHER else None,
            "attachments": [_attachment(submission, image, channel) for image in submission.images] or None,
            "_transom": _transom_member(submission, channel),
        }
    )


def _attachment(submission: Accepted, image: Image, channel: Channel) -> dict[str, Any]:
    return _without_none(
        {
            "url": channel.photo(submission.id, image),
            "mime_type": media_type(image),
            "title": image.caption,
            "_transom": _without_none(
                {"credit": image.credit, "alt": image.alt, "width": image.width, "height": image.height}
            ),
        }
    )


def _transom_member(submission: Accepted, channel: Channel) -> dict[str, Any]:
    return _without_none(
        {
            "about": "Facts of the desk that JSON Feed has no member for.",
            "status": submission.status,
            "section": submission.section,
            "region": submission.region,
            "revision": submission.revision,
            "words": submission.words,
            "desk_url": channel.desk(submission.id),
            "alternates": [{"language": one.language, "url": one.url} for one in submission.alternates]
            or None,
        }
    )


def _without_none(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
