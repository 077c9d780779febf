"""Atom feed (RFC 4287) of accepted submissions, in pages (RFC 5005)."""

from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from intake.languages import OTHER
from intake.publishing.accepted import Accepted, AcceptedPage, Image
from intake.publishing.feed_channel import Channel, identifier, media_type

ATOM = "http://www.w3.org/2005/Atom"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# RFC 4287 requires `updated`, also for an empty feed.
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def atom(page: AcceptedPage, channel: Channel) -> bytes:
    """Serialize a page of submissions as an Atom feed in UTF-8.

    If a submission has no name to print, its entry has no author. The author of the feed, the magazine, then
    applies to the entry (RFC 4287, section 4.1.2).
    """
    feed = ET.Element("feed", xmlns=ATOM)
    _add(feed, "id", f"{channel.base}/feeds/accepted.atom")
    _add(feed, "title", channel.title)
    _add(feed, "updated", max((one.changed_at for one in page.items), default=_NEVER).isoformat())
    _add(_add(feed, "author"), "name", channel.magazine)
    _add(feed, "link", rel="self", type="application/atom+xml", href=channel.here)
    if channel.next:
        _add(feed, "link", rel="next", type="application/atom+xml", href=channel.next)
    for submission in page.items:
        _entry(feed, submission, channel)
    written: bytes = ET.tostring(feed, "utf-8", xml_declaration=True)
    return written


def _entry(feed: ET.Element, submission: Accepted, channel: Channel) -> None:
    entry = _add(feed, "entry")
    if submission.language != OTHER:
        entry.set(_LANG, submission.language)
    _add(entry, "id", identifier(submission.id))
    _add(entry, "title", submission.title, type="text")
    _add(entry, "published", submission.since.isoformat())
    _add(entry, "updated", submission.changed_at.isoformat())
    if submission.print_name:
        _add(_add(entry, "author"), "name", submission.print_name)
    for term in (submission.section, *submission.tags):
        _add(entry, "category", term=term)
    if submission.published_url:
        language = {} if submission.language == OTHER else {"hreflang": submission.language}
        _add(entry, "link", rel="alternate", href=submission.published_url, **language)
    for other in submission.alternates:
        _add(entry, "link", rel="alternate", href=other.url, hreflang=other.language)
    _add(entry, "link", rel="related", href=channel.desk(submission.id))
    for image in submission.images:
        _enclosure(entry, submission, image, channel)
    _add(entry, "content", channel.content(submission), type="html")


def _enclosure(entry: ET.Element, submission: Accepted, image: Image, channel: Channel) -> None:
    said = " / ".join(filter(None, (image.caption, image.credit)))
    more = {"title": said} if said else {}
    _add(
        entry,
        "link",
        rel="enclosure",
        type=media_type(image),
        href=channel.photo(submission.id, image),
        **more,
    )


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, name, attributes)
    element.text = text or None
    return element
