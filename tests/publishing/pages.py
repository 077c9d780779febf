"""Feed page with one submission that has everything, and one that has only required fields."""

import uuid

from intake.publishing.accepted import AcceptedPage
from intake.publishing.feed_channel import Channel
from tests.publishing.submissions import NOW, accepted, image

CHANNEL = Channel(
    magazine="The <Lantern> & Co",
    base="https://desk.example",
    here="https://desk.example/feeds/accepted.json",
    next="https://desk.example/feeds/accepted.json?after=x",
)
WHOLE = accepted(
    title="<Ice> & “fire”", html="<p>It <b>broke</b> &amp; sank.</p>", print_name="Ә. Н.", region="Almaty",
    tags=["ice", "river & lake"], status="published", published_at=NOW, published_url="https://magazine.example/?a=1&b=2",
    images=[image(1, caption='The "door"', credit="A. N.", alt="Broken"), image(2, format="png")],
)  # fmt: skip
BARE = accepted(id=uuid.UUID(int=2), title="", html="", language="und")
PAGE = AcceptedPage([WHOLE, BARE], "x")
