"""Threads for each kind of request, and the slowest bodies, which lose theirs."""

import asyncio
from typing import Any

import pytest

from intake.web.server import places as module
from intake.web.server.body import RequestBody
from intake.web.server.kinds import Kinds
from intake.web.server.pace import Pace
from intake.web.server.places import NoPlace, Places, UploadPlaces
from tests.loops import run


async def silence() -> dict[str, Any]:
    await asyncio.sleep(60)
    return {}


def body(size: int, waited: float) -> RequestBody:
    made = RequestBody(silence, Pace())
    made.pace.count(waited, size)
    return made


def test_so_many_and_no_more() -> None:
    async def main() -> None:
        places = Places("page", threads=1, wait_seconds=0.05)
        async with places.place(body(0, 0)):
            with pytest.raises(NoPlace):
                async with places.place(body(0, 0)):
                    pass
        async with places.place(body(0, 0)):
            pass

    run(main())


def test_the_slowest_body_loses_its_thread_to_one_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(module, "OLD_ENOUGH", 0.0)

    async def main() -> tuple[bool, bool, bool]:
        places = UploadPlaces("upload", threads=3, wait_seconds=5)
        slow, slower, quick = body(50_000, 10), body(20_000, 10), body(5_000_000, 10)

        async def upload(one: RequestBody) -> None:
            async with places.place(one):
                while not one.is_slow:
                    await asyncio.sleep(0.01)

        running = [asyncio.create_task(upload(one)) for one in (slow, slower, quick)]
        await asyncio.sleep(0.01)
        async with places.place(body(0, 0)):
            found = slow.is_slow, slower.is_slow, quick.is_slow
        for task in running:
            task.cancel()
        return found

    assert run(main()) == (False, True, False)


def test_quick_bodies_keep_their_threads_and_the_next_is_told_to_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 0.02)
    monkeypatch.setattr(module, "OLD_ENOUGH", 0.0)

    async def main() -> bool:
        places = UploadPlaces("upload", threads=1, wait_seconds=0.2)
        quick = body(5_000_000, 10)
        async with places.place(quick):
            with pytest.raises(NoPlace):
                async with places.place(body(0, 0)):
                    pass
        return quick.is_slow

    assert run(main()) is False


@pytest.mark.parametrize(
    ("path", "query", "large", "name"),
    [
        ("/", b"", False, "page"),
        ("/ar/send", b"", False, "page"),
        ("/submissions", b"", True, "upload"),
        ("/api/v1/submissions", b"", True, "upload"),
        ("/desk/", b"", False, "desk"),
        ("/desk/", b"lane=new&q=word", False, "search"),
        ("/desk/stream", b"", False, "stream"),
        ("/admin/stream", b"", False, "stream"),
        ("/desk/submissions/1/export.zip", b"", False, "export"),
        ("/api/v1/desk/submissions/1/export.zip", b"", False, "export"),
        ("/desk/submissions/1/edit", b"", True, "desk-upload"),
        ("/login", b"", True, "desk-upload"),
        ("/healthz/live", b"", True, "health"),
        ("/metrics", b"", False, "health"),
    ],
)
def test_the_threads_of_a_request(path: str, query: bytes, large: bool, name: str) -> None:
    assert Kinds(8).places({"path": path, "query_string": query}, large).name == name
