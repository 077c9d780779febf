"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). What it has no word for stands under `_transom`."""

from typing import Any

from intake.languages import OTHER
from intake.publishing.accepted import Accepted, AcceptedPage, Image
from intake.publishing.feed_channel import Channel, identifier, media_type

VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(page: AcceptedPage, channel: Channel) -> dict[str, Any]:
    """The document; members without a value are left out, as the standard asks."""
    return _known(
        {
            "version": VERSION,
            "title": channel.title,
            "home_page_url": channel.base + "/desk/",
            "feed_url": channel.here,
            "next_url": channel.next,
            "items": [_item(piece, channel) for piece in page.items],
        }
    )


def _item(piece: Accepted, channel: Channel) -> dict[str, Any]:
    return _known(
        {
            "id": identifier(piece.id),
            "url": piece.published_url,
            "title": piece.title,
            # An item has to have a text; one of photos alone has an empty one, and so this is not left out.
            "content_html": piece.html,
            "date_published": piece.since.isoformat(),
            "date_modified": piece.changed_at.isoformat(),
            "authors": [{"name": piece.print_name}] if piece.print_name else None,
            "tags": piece.tags or None,
            "language": piece.language if piece.language != OTHER else None,
            "attachments": [_attachment(piece, image, channel) for image in piece.images] or None,
            "_transom": _own(piece, channel),
        }
    )


def _attachment(piece: Accepted, image: Image, channel: Channel) -> dict[str, Any]:
    return _known(
        {
            "url": channel.photo(piece.id, image),
            "mime_type": media_type(image),
            "title": image.caption,
            "_transom": _known(
                {"credit": image.credit, "alt": image.alt, "width": image.width, "height": image.height}
            ),
        }
    )


def _own(piece: Accepted, channel: Channel) -> dict[str, Any]:
    return _known(
        {
            "about": "Facts of the desk that JSON Feed has no member for.",
            "status": piece.status,
            "section": piece.section,
            "region": piece.region,
            "revision": piece.revision,
            "words": piece.words,
            "desk_url": channel.desk(piece.id),
        }
    )


def _known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
