"""Without a response, a client repeats the request with the same key. After a refusal, it stops."""

import threading
from collections.abc import Iterator

import httpx
import pytest

from tests.chaos.fire.sender import Sender
from tests.waiting import until


class Door:
    """Fake server with a list of responses. An exception stands for a lost response."""

    def __init__(self, *answers: int | httpx.TransportError) -> None:
        self._answers = list(answers)
        self.keys: list[str] = []
        self.client = httpx.Client(transport=httpx.MockTransport(self._answer), base_url="http://door")

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.keys.append(request.headers["Idempotency-Key"])
        answer = self._answers.pop(0)
        if isinstance(answer, httpx.TransportError):
            raise answer
        return httpx.Response(answer, json={"receipt": "7Q2M"})


@pytest.fixture
def over() -> Iterator[threading.Event]:
    event = threading.Event()
    yield event
    event.set()


def sent(door: Door, over: threading.Event) -> Sender:
    sender = Sender(door.client, 1, over)
    sender.send()
    until(lambda: not sender.waiting)
    sender.close()
    door.client.close()
    return sender


def test_it_asks_with_the_same_key_until_it_has_a_receipt(over: threading.Event) -> None:
    door = Door(httpx.ReadTimeout("late"), 500, 503, httpx.ConnectError("away"), 201)
    sender = sent(door, over)
    assert len(door.keys) == 5
    assert set(door.keys) == {sender.parcels[0].key}
    assert sender.parcels[0].receipt == "7Q2M"
    assert sender.asked["receipt"] == 1


def test_it_takes_no_for_an_answer(over: threading.Event) -> None:
    door = Door(422)
    (parcel,) = sent(door, over).parcels
    assert (parcel.receipt, parcel.turned_away, len(door.keys)) == (None, 422, 1)
