"""Each refusal of a broker has its own sentence, which the relay, the doctor and `transom up` report."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from intake.db import transaction
from intake.health import broker, doctor
from intake.health.broker_troubles import TROUBLES, named, recognized
from intake.local import checks
from intake.local.errors import CannotStart
from intake.models import Job
from intake.settings import Settings
from tests.broker import send_to
from tests.refusals import PASSWORD, STATES, address_of_this_machine, answering, running
from workers.relay import Relay

if TYPE_CHECKING:
    from celery import Celery

# Error replies of servers in states that these tests do not set up → expected trouble code.
ANSWERS = {
    "DENIED Redis is running in protected mode because protected mode is enabled. In this mode": "protected",
    "ERR Client sent AUTH, but no password is set": "password_needless",
    "ERR AUTH <password> called without any password configured for the default user. "
    "Are you sure your configuration is correct?": "password_needless",
    "ERR invalid password": "refused",
    "MISCONF Errors writing to the AOF file: No space left on device": "cannot_save",
    "MOVED 3999 127.0.0.1:6381": "cluster",
    "CROSSSLOT Keys in request don't hash to the same slot": "cluster",
    "ERR SELECT is not allowed in cluster mode": "cluster",
    "ERR invalid DB index": "no_such_database",
    "BUSY Redis is busy running a script.": "other",
}


@pytest.fixture
def relay(celery_app: "Celery") -> Iterator[Relay]:
    """Relay with a job to send."""
    with transaction() as session:
        session.add(Job(kind="housekeeping.sweep", slot="1"))
    made = Relay()
    yield made
    made.close()


def trouble(relay: Relay) -> str:
    """Trouble of the broker that the relay reports after a turn."""
    relay.turn()
    found: str = relay.heartbeat_details()["broker"]["trouble"]
    return found


@pytest.mark.parametrize("word", STATES)
def test_a_real_broker_in_each_state(
    word: str, relay: Relay, celery_app: "Celery", tmp_path_factory: pytest.TempPathFactory
) -> None:
    with STATES[word](tmp_path_factory.mktemp("b")) as url:
        send_to(celery_app, url)
        assert trouble(relay) == word
        finding = doctor.check_broker(Settings(redis_url=url))
    assert (finding.ok, finding.advice) == (False, TROUBLES[word].advice)
    assert finding.seen.startswith(f"{TROUBLES[word].sentence} (named by TRANSOM_REDIS_URL): ")
    assert PASSWORD not in finding.seen


@pytest.mark.skipif(
    address_of_this_machine() is None,
    reason="THIS MACHINE HAS NO ADDRESS FROM WHICH PROTECTED MODE WOULD APPLY",
)
def test_a_real_broker_in_protected_mode(
    relay: Relay, celery_app: "Celery", tmp_path_factory: pytest.TempPathFactory
) -> None:
    with running(tmp_path_factory.mktemp("b"), host=str(address_of_this_machine())) as found:
        send_to(celery_app, found.url)
        assert trouble(relay) == "protected"
        finding = doctor.check_broker(Settings(redis_url=found.url))
    assert finding.seen.startswith("the broker is in protected mode")
    assert finding.advice.startswith("Set a password in the broker (`requirepass`)")
    assert len(finding.seen) < 250


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_of_servers_in_other_states(answer: str, relay: Relay, celery_app: "Celery") -> None:
    with answering(answer) as url:
        send_to(celery_app, url)
        assert trouble(relay) == ANSWERS[answer]
        with pytest.raises(broker.BrokerUnusable) as raised:
            broker.version(url)
    assert (raised.value.trouble, raised.value.answer) == (ANSWERS[answer], answer)


def test_a_broker_that_takes_jobs_keeps_nothing_of_the_question(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with running(tmp_path_factory.mktemp("b")) as found:
        assert broker.version(found.url).startswith("Valkey ")
        assert found.admin.keys() == []


def test_the_permissions_that_are_advised_are_enough(
    relay: Relay, celery_app: "Celery", tmp_path_factory: pytest.TempPathFactory
) -> None:
    rules = TROUBLES["no_permission"].advice.split("ACL SETUSER name ")[1].split("`")[0].split()
    with running(tmp_path_factory.mktemp("b")) as found:
        found.admin.execute_command("ACL", "SETUSER", "desk", "on", f">{PASSWORD}", *rules)
        url = found.url.replace("://", f"://desk:{PASSWORD}@")
        send_to(celery_app, url)
        assert trouble(relay) == ""
        assert broker.version(url)


def test_every_trouble_has_a_sentence_of_its_own_and_says_what_to_do() -> None:
    for one in TROUBLES.values():
        assert one.sentence.startswith("the broker ")
        assert not one.sentence.endswith(".")
        assert one.advice.endswith(".")
    for read in ("sentence", "label"):
        assert len({getattr(one, read) for one in TROUBLES.values()}) == len(TROUBLES)


def test_every_trouble_is_produced_or_answered_in_these_tests() -> None:
    assert set(TROUBLES) == {*STATES, *ANSWERS.values(), "away"}


def test_words_of_other_versions_and_answers_of_nobody() -> None:
    assert named("a word of tomorrow") is TROUBLES["other"]
    assert recognized("Connection refused") is None


def test_a_broker_that_is_named_and_refuses_is_not_started_upon() -> None:
    with (
        answering("NOAUTH Authentication required.") as url,
        pytest.raises(
            CannotStart, match=r"wants a password and was given none \(NOAUTH Auth.*required\)\. Put the"
        ),
    ):
        checks.broker_answers(url)
