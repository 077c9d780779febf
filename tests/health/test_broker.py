from pathlib import Path

import pytest

from intake.health import broker
from intake.settings import Settings


def test_it_says_who_answers(app_settings: Settings) -> None:
    """`version` names the broker's software, also for Unix sockets and for URLs with a database number."""
    assert broker.version(app_settings.broker_url).startswith(("Valkey ", "Redis "))


@pytest.mark.parametrize(
    "url",
    [
        "redis+socket:///{folder}/valkey.sock",
        "redis://127.0.0.1:1/0",
        "redis://host:port",
        "memory://",
        "redis",
    ],
)
def test_nobody_answers(url: str, tmp_path: Path) -> None:
    with pytest.raises(broker.BrokerUnusable, match="away"):
        broker.version(url.format(folder=tmp_path))


def test_it_does_not_let_us_in(app_settings: Settings) -> None:
    with pytest.raises(broker.BrokerUnusable, match="refused"):
        broker.version(app_settings.broker_url.replace("://", "://nobody:wrong@", 1))
