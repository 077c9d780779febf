import uuid

from intake.publishing.feed_channel import identifier, media_type
from tests.publishing.pages import CHANNEL
from tests.publishing.submissions import image

PIECE = uuid.UUID(int=7)


def test_addresses_are_whole() -> None:
    assert CHANNEL.desk(PIECE) == f"https://desk.example/desk/submissions/{PIECE}"
    assert CHANNEL.photo(PIECE, image(3)).endswith(
        f"/feeds/submissions/{PIECE}/photos/{uuid.UUID(int=3)}/full"
    )
    assert CHANNEL.title == "The <Lantern> & Co: accepted submissions"


def test_names_that_do_not_change_with_the_address() -> None:
    assert identifier(PIECE) == f"urn:uuid:{PIECE}"
    assert media_type(image(format="webp")) == "image/webp"
