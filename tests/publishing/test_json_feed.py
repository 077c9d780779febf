from typing import Any

from jsonschema import Draft202012Validator

from intake.publishing.accepted import AcceptedPage
from intake.publishing.feed_channel import Channel
from intake.publishing.json_feed import json_feed
from tests.publishing.pages import BARE, CHANNEL, PAGE, WHOLE

URL = {"type": "string", "pattern": "^https?://"}
TEXT = {"type": "string"}
WORDS = {"type": "string", "minLength": 1}
DATE = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?([+-]\d\d:\d\d|Z)$",
}
OWN = {"^_[A-Za-z]": {"type": "object"}}
"""Extension names: an underscore, a letter, and no dot."""


def members(known: dict[str, Any], *required: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "object", "properties": known, "required": list(required), "patternProperties": OWN,
        "additionalProperties": False, **more,
    }  # fmt: skip


AUTHOR = members({"name": WORDS, "url": URL, "avatar": URL}, minProperties=1)
ATTACHMENT = members(
    {"url": URL, "mime_type": {"pattern": r"^\w+/[\w.+-]+$"}, "title": WORDS, "size_in_bytes": {"type": "integer"}},
    "url", "mime_type",
)  # fmt: skip
ITEM = members(
    {
        "id": WORDS, "url": URL, "external_url": URL, "title": TEXT, "content_html": TEXT, "content_text": TEXT,
        "summary": TEXT, "image": URL, "banner_image": URL, "date_published": DATE, "date_modified": DATE,
        "authors": {"type": "array", "items": AUTHOR, "minItems": 1}, "tags": {"type": "array", "items": WORDS},
        "language": {"pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
        "attachments": {"type": "array", "items": ATTACHMENT, "minItems": 1},
    },
    "id",
    anyOf=[{"required": ["content_html"]}, {"required": ["content_text"]}],
)  # fmt: skip
# From https://www.jsonfeed.org/version/1.1/, without deprecated members.
FEED = members(
    {
        "version": {"const": "https://jsonfeed.org/version/1.1"}, "title": WORDS, "home_page_url": URL, "feed_url": URL,
        "description": TEXT, "user_comment": TEXT, "next_url": URL, "icon": URL, "favicon": URL, "language": TEXT,
        "authors": {"type": "array", "items": AUTHOR}, "expired": {"type": "boolean"},
        "items": {"type": "array", "items": ITEM},
    },
    "version", "title", "items",
)  # fmt: skip


def test_it_holds_to_the_standard() -> None:
    Draft202012Validator.check_schema(FEED)
    for page in (PAGE, AcceptedPage([], None)):
        Draft202012Validator(FEED).validate(json_feed(page, CHANNEL))


def test_a_submission_with_everything() -> None:
    item = json_feed(PAGE, CHANNEL)["items"][0]
    assert item["id"] == "urn:uuid:00000000-0000-0000-0000-000000000001"
    assert (item["title"], item["content_html"]) == (WHOLE.title, CHANNEL.content(WHOLE))
    assert (item["url"], item["language"], item["tags"]) == (
        WHOLE.published_url,
        "kk",
        ["ice", "river & lake"],
    )
    assert item["authors"] == [{"name": "Ә. Н."}]
    assert item["date_published"] == "2026-11-23T14:05:00+00:00"
    first, second = WHOLE.images
    assert item["image"] == CHANNEL.photo(WHOLE.id, first, "web")
    assert item["attachments"] == [
        {
            "url": CHANNEL.photo(WHOLE.id, first),
            "mime_type": "image/jpeg",
            "title": 'The "door"',
            "_transom": {"credit": "A. N.", "alt": "Broken", "width": 4, "height": 3},
        },
        {
            "url": CHANNEL.photo(WHOLE.id, second),
            "mime_type": "image/png",
            "_transom": {"width": 4, "height": 3},
        },
    ]
    assert (item["_transom"]["region"], item["_transom"]["section"]) == ("Almaty", "News")


def test_who_gave_no_name_has_none() -> None:
    item = json_feed(PAGE, CHANNEL)["items"][1]
    assert item.keys() == {"id", "title", "content_html", "date_published", "date_modified", "_transom"}


def test_the_next_page_is_named_while_there_is_one() -> None:
    assert json_feed(PAGE, CHANNEL)["next_url"] == CHANNEL.next
    last = Channel("M", "https://d.example", "https://d.example/feeds/accepted.json", None)
    assert "next_url" not in json_feed(AcceptedPage([BARE], None), last)
