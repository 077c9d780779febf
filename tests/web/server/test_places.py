"""Threads for each kind of request, and the slowest uploads, which lose their thread if others wait."""

import asyncio
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from intake.web import Transom
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
    scope = {"path": path, "query_string": query, "method": "GET"}
    assert Kinds(8).places(scope, large).name == name


DESK_BLUEPRINTS = {
    "desk",
    "admin",
    "accounts",
    "factors",
    "security",
    "desk_api",
    "admin_api",
    "feeds",
    "feed_pictures",
}
HASHING = {
    "security.login",
    "security.change_password",
    "accounts.setup",
    "accounts.welcome",
    "factors.confirmed",
}


def addresses(app: Transom) -> Iterator[tuple[str, str, str]]:
    """Yield (endpoint, method, path) of all routes, with `1` or a UUID for the variables."""
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<uuid:[^>]+>", str(uuid.UUID(int=1)), rule.rule)
        path = re.sub(r"<[^>]+>", "1", path)
        for method in sorted((rule.methods or set()) & {"GET", "POST", "PUT", "PATCH", "DELETE"}):
            yield rule.endpoint, method, path


def test_every_page_of_the_desk_has_threads_of_the_desk_and_no_page_of_contributors(app: Transom) -> None:
    kinds = Kinds(8)
    walked = set()
    for endpoint, method, path in addresses(app):
        blueprint = endpoint.partition(".")[0]
        kind = kinds.places({"path": path, "query_string": b"", "method": method}, False).name
        walked.add(blueprint)
        if blueprint in DESK_BLUEPRINTS:
            assert kind in {"desk", "stream", "export", "login", "provider"}, (endpoint, path)
            large = kinds.places({"path": path, "query_string": b"", "method": method}, True).name
            assert large == "desk-upload", (endpoint, path)
        else:
            assert kind in {"page", "health"}, (endpoint, path)
    assert walked > DESK_BLUEPRINTS


def test_every_form_that_hashes_a_password_waits_in_threads_for_that(app: Transom) -> None:
    """Test also forms that first ask for the password again. Codes and passkeys need no hash, so no such thread."""
    kinds = Kinds(8)
    hashing = {
        endpoint
        for endpoint, method, path in addresses(app)
        if kinds.places({"path": path, "query_string": b"", "method": method}, False).name == "login"
    }
    fresh = {
        endpoint
        for endpoint, method, _path in addresses(app)
        if method == "POST" and getattr(app.view_functions[endpoint], "needs_fresh_login", False)
    }
    assert len(fresh) > 10
    assert hashing >= fresh | HASHING
    assert not hashing & {
        "accounts.passkey_login",
        "accounts.prove_factor",
        "accounts.ask_link",
        "accounts.logout",
    }


def test_a_slow_provider_takes_no_thread_of_the_desk(app: Transom) -> None:
    kinds = Kinds(8)
    asking = {
        endpoint
        for endpoint, method, path in addresses(app)
        if kinds.places({"path": path, "query_string": b"", "method": method}, False).name == "provider"
    }
    named = {endpoint for endpoint, _, _ in addresses(app) if "openid" in endpoint}
    assert asking == named - {"factors.openid_link", "factors.openid_unlink"}, (
        "these ask for the password too"
    )
    assert len(asking) >= 4
