from collections.abc import Callable

import pytest

from intake.submissions.suspicion import proof_of_work
from intake.web import Transom
from tests.cast import RunJobs
from tests.forgetting import forget
from tests.web.conftest import opened
from tests.web.contribute.test_draft_views import Writer
from tests.web.people import WORDS, Contributor, value
from tests.web.proofs import solved


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proof_of_work, "ITERATIONS", 1)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch, made: Callable[..., Transom]) -> Contributor:
    """Contributor who pastes a text at once, in an hour with more submissions than usual."""
    monkeypatch.setenv("TRANSOM_HOURLY_BUDGET", "1")
    forget()
    contributor = Contributor(made(fastest_seconds=600).test_client())
    contributor.send()
    return contributor


def lane(run_jobs: RunJobs) -> str | None:
    run_jobs()
    with opened() as submission:
        return submission.lane


def send(contributor: Contributor, page: str, proof: str) -> None:
    fields = {**WORDS, "body": f"{proof} words", "token": value(page, "token"), "proof": proof}
    assert contributor.post("/submissions", fields).status_code == 200


def signals() -> list[str]:
    with opened() as submission:
        return list(submission.signals)


def test_work_clears_a_hasty_text_in_a_busy_hour(hasty: Contributor, run_jobs: RunJobs) -> None:
    run_jobs()
    page = hasty.client.get("/send").text
    send(hasty, page, solved(page))
    assert lane(run_jobs) == "ours"
    assert signals() == ["too_fast", "proof_of_work", "busy"]


def test_without_work_it_is_taken_in_and_waits_apart(hasty: Contributor, run_jobs: RunJobs) -> None:
    run_jobs()
    page = hasty.client.get("/send").text
    send(hasty, page, "")
    assert lane(run_jobs) == "suspicious"


def test_one_proof_is_worth_nothing_to_other_forms(hasty: Contributor, run_jobs: RunJobs) -> None:
    first = hasty.client.get("/send").text
    proof = solved(first)
    for _ in range(3):
        send(hasty, hasty.client.get("/send").text, proof)
        assert lane(run_jobs) == "suspicious"
        assert "proof_of_work" not in signals()


def test_a_quiet_hour_needs_no_work(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.send()
    assert lane(run_jobs) == "ours"
    assert signals() == []


def test_a_form_that_is_shown_again_has_a_challenge_of_its_own(contributor: Contributor) -> None:
    page = contributor.client.get("/send").text
    again = contributor.send(title="", token=value(page, "token"))
    fields = {**WORDS, "token": value(again.text, "token"), "proof": solved(page)}
    contributor.post("/submissions", fields)
    assert signals() == []


@pytest.fixture
def writer(hasty: Contributor) -> Writer:
    """Contributor with a draft whose receipt was confirmed suspiciously fast."""
    found = Writer(hasty.client)
    assert found.begin().status_code == 200
    return found


def press_send(writer: Writer, checked: str, **more: str) -> None:
    fields = {name: value(checked, name) for name in ("receipt", "version", "consent_version")}
    answer = writer.client.post("/drafts/submissions", data={**fields, "consent": "y", **more})
    assert "It has arrived" in answer.text


def test_work_begun_while_a_draft_is_written_counts_when_it_is_sent(
    writer: Writer, run_jobs: RunJobs
) -> None:
    run_jobs()
    proof = solved(writer.page)
    checked = writer.save(do="check", proof=proof).text
    assert value(checked, "proof") == proof
    assert "data-challenge" not in checked
    press_send(writer, checked, proof=proof)
    assert lane(run_jobs) == "ours"
    assert signals() == ["hasty_draft", "proof_of_work", "busy"]


def test_work_on_the_last_page_of_a_draft_counts(writer: Writer, run_jobs: RunJobs) -> None:
    checked = writer.save(do="check").text
    press_send(writer, checked, proof=solved(checked))
    lane(run_jobs)
    assert "proof_of_work" in signals()


def test_a_draft_without_work_waits_apart(writer: Writer, run_jobs: RunJobs) -> None:
    run_jobs()
    press_send(writer, writer.save(do="check").text)
    assert lane(run_jobs) == "suspicious"


def test_work_for_another_draft_is_worth_nothing(writer: Writer, run_jobs: RunJobs) -> None:
    proof = solved(writer.page)
    writer.begin()
    press_send(writer, writer.save(do="check").text, proof=proof)
    lane(run_jobs)
    assert "proof_of_work" not in signals()
