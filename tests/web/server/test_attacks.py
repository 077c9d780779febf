"""Attacks by flooding and slow clients, with normal visitors, on a real web server (security points 41 and 43)."""

import pytest

from tests.web.server import attackers
from tests.web.server.attackers import Client, attack, visits
from tests.web.server.conftest import Served

PAGES = ("/", "/send", "/login", "/healthz/live")
MANY = 150


@pytest.mark.parametrize(
    "client",
    [
        attackers.body,
        *(
            pytest.param(one, marks=pytest.mark.slow)
            for one in (attackers.headers, attackers.idle, attackers.never_read)
        ),
    ],
    ids=["dripping bodies", "dripping headers", "idle connections", "answers that are not read"],
)
def test_slow_clients_take_no_place_from_others(served: Served, client: Client) -> None:
    """With a thread for each slow client, none of these pages would answer while the attack lasts."""
    with attack(served.port, client, MANY):
        seen = visits(served.port, PAGES, 3)
    assert {path: statuses - {200} for path, statuses in seen.statuses.items()} == {
        path: set() for path in PAGES
    }
    for path in PAGES:
        print(f"{path}: p95 {seen.p95(path) * 1000:.0f} ms of {len(seen.seconds[path])}")


def test_more_connections_than_there_may_be(served: Served) -> None:
    """The oldest of the connections that have sent nothing are closed, so new ones are served."""
    with attack(served.port, attackers.headers, 900):
        seen = visits(served.port, PAGES, 3)
    assert all(200 in statuses for statuses in seen.statuses.values()), seen.statuses
    assert served.up()
