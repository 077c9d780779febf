import uuid

from intake.publishing.feed_channel import identifier, media_type
from intake.text.html import placements
from tests.publishing.pages import CHANNEL
from tests.publishing.submissions import accepted, image

PIECE = uuid.UUID(int=7)


def test_addresses_are_whole() -> None:
    assert CHANNEL.desk(PIECE) == f"https://desk.example/desk/submissions/{PIECE}"
    photo = CHANNEL.photo(PIECE, image(3))
    assert photo.startswith(f"https://desk.example/feeds/pictures/{PIECE}/{uuid.UUID(int=3)}/0/full/")
    assert photo.endswith(".jpg")
    assert CHANNEL.title == "The <Lantern> & Co: accepted submissions"


def test_the_content_has_the_photos_where_an_editor_placed_them() -> None:
    first, second = image(1, caption="River"), image(2, alt="A 'door'")
    gone = placements.mark(uuid.UUID(int=9))
    html = f"<p>One</p>{placements.mark(second.id)}<p>Two</p>{gone}"
    found = CHANNEL.content(accepted(html=html, images=[first, second]))
    sources = [CHANNEL.photo(accepted().id, one, "web") for one in (first, second)]
    assert found == (
        f'<p dir="auto">One</p><figure><img src="{sources[1]}" width="4" height="3" alt="A &#39;door&#39;"></figure>'
        f'<p dir="auto">Two</p><figure><img src="{sources[0]}" width="4" height="3" alt="">'
        "<figcaption><bdi>River</bdi></figcaption></figure>"
    )


def test_names_that_do_not_change_with_the_address() -> None:
    assert identifier(PIECE) == f"urn:uuid:{PIECE}"
    assert media_type(image(format="webp")) == "image/webp"
