import os
import re
import resource
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.jobs.ledger import schedule
from intake.models import Job, Submission
from intake.notifications import digest
from intake.web import Transom
from tests.cast import RunJobs
from tests.forgetting import forget
from tests.post_office import PostOffice
from tests.web.people import WORDS, Contributor, Newsroom
from tests.web.wave import PHRASES, Sender, mixed

TIMES = int(os.environ.get("TRANSOM_TEST_WAVE", "1"))
"""Factor for the size of the wave. With 10, 700 bots and 100 people send. The tests print their measurements."""
PEOPLE, BOTS = 10 * TIMES, 70 * TIMES
FASTEST = 3
SEVEN = datetime(2026, 11, 23, 7, 0, 2, tzinfo=UTC)


@pytest.fixture
def mails(monkeypatch: pytest.MonkeyPatch, post_office: PostOffice, contributor: Contributor) -> PostOffice:
    """Mail server of an installation whose TRANSOM_HOURLY_BUDGET is exceeded even without bots."""
    monkeypatch.setenv("TRANSOM_HOURLY_BUDGET", str(6 * TIMES))
    monkeypatch.setenv("TRANSOM_SMTP_URL", f"smtp://127.0.0.1:{post_office.port}")
    forget()
    return post_office


@pytest.fixture
def phrases(admin: Newsroom) -> None:
    """Save the list of spam phrases PHRASES as an admin."""
    assert admin.post("/admin/phrases", body=PHRASES, version="0").status_code == 303


def send_all(contributor: Contributor, senders: list[Sender], run_jobs: RunJobs) -> None:
    """Open all forms, wait until a person could have filled them in, then send them in order."""
    tokens = ["" if sender.hurry else contributor.token() for sender in senders]
    time.sleep(FASTEST + 1)
    for number, (sender, token) in enumerate(zip(senders, tokens, strict=True)):
        fields = {**WORDS, "token": token or contributor.token(), **sender.words, **sender.more}
        answer = contributor.post("/submissions", fields, environ_overrides={"REMOTE_ADDR": sender.address})
        assert answer.status_code == 200
        if number % 50 == 49:
            run_jobs()
    run_jobs()


def lanes(senders: list[Sender]) -> dict[str, Counter[str]]:
    """Return {kind: {lane: number}}. Submissions are numbered in the order in which they were sent."""
    with transaction() as session:
        found = session.scalars(select(Submission.lane).order_by(Submission.arrival)).all()
    kinds: dict[str, Counter[str]] = {}
    for sender, lane in zip(senders, found, strict=True):
        kinds.setdefault(sender.kind, Counter())[str(lane)] += 1
    return kinds


def pages(editor: Newsroom) -> list[str]:
    """Return the addresses of the queue, of a search, and of a submission."""
    found = re.search(r'href="(/desk/submissions/[^"]+)"', editor.get("/desk/").text)
    assert found
    return ["/desk/", "/desk/?q=photos", found[1]]


def milliseconds(act: Callable[[], object]) -> float:
    """Return the median time of an act."""
    taken = []
    for _ in range(41):
        start = time.perf_counter()
        act()
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)[20]


def digests(monkeypatch: pytest.MonkeyPatch, run_jobs: RunJobs) -> None:
    monkeypatch.setattr(digest, "database_time", lambda _session: SEVEN)
    with transaction() as session:
        schedule(session, "notify.digest", "notify.digest@1")
        session.execute(update(Job).where(Job.status == "pending").values(run_at=func.now()))
    run_jobs()


@pytest.mark.parametrize("bots", [0, pytest.param(BOTS, marks=pytest.mark.slow)], ids=["quiet", "wave"])
def test_bots_wait_apart_and_people_do_not(
    made: Callable[..., Transom],
    editor: Newsroom,
    mails: PostOffice,
    phrases: None,
    run_jobs: RunJobs,
    monkeypatch: pytest.MonkeyPatch,
    bots: int,
) -> None:
    contributor = Contributor(made(fastest_seconds=FASTEST).test_client())
    senders = mixed(PEOPLE, bots)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    send_all(contributor, senders, run_jobs)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    found = lanes(senders)
    digests(monkeypatch, run_jobs)

    assert found["person"] == {"ours": PEOPLE}
    suspicious = sum(count["suspicious"] for count in found.values())
    assert suspicious >= bots - min(bots, 10)
    assert len(mails.mails) == 1
    assert (f"{suspicious} submissions look like spam" in mails.texts()[0]) == bool(bots)
    assert f"{PEOPLE + bots - suspicious} submissions wait" in mails.texts()[0]
    if TIMES > 1:
        print(
            f"\n{found}\nsuspicious {suspicious} of {bots}, memory +{grown / 1024:.1f} MB, mails {len(mails.mails)}"
        )
        for url in pages(editor):
            print(f"{url[:20]} {milliseconds(partial(editor.get, url)):.1f} ms")
