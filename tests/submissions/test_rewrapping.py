import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from intake.crypto import keyring
from intake.db import transaction
from intake.keys.files import key_holder, prepare
from intake.keys.holders import APPLICATION, RECEIPT
from intake.keys.rotation import begin, destroy_old
from intake.models import Submission, SubmissionKey
from intake.models.lookup import locked_by_receipt
from intake.settings import Settings
from intake.submissions import rewrapping
from intake.submissions.removal import purge
from intake.submissions.rewrapping import counts, rewrap_all
from tests.cast import Contributor
from tests.former_keys import former_wrap
from tests.stored import everything


def holders(submission_id: uuid.UUID) -> set[str]:
    with transaction() as session:
        query = select(SubmissionKey.holder).where(SubmissionKey.submission_id == submission_id)
        return set(session.scalars(query))


def key_of(submission_id: uuid.UUID) -> bytes:
    with transaction() as session:
        return session.get_one(Submission, submission_id).key


def put_in(submission_id: uuid.UUID, status: str) -> None:
    with transaction() as session:
        session.execute(update(Submission).where(Submission.id == submission_id).values(status=status))


@pytest.fixture
def sent(contributor: Contributor, app_settings: Settings) -> list[uuid.UUID]:
    """Ids of five submissions whose keys are wrapped to the key pair."""
    keyring()
    prepare(app_settings)
    return [contributor.submit() for _ in range(5)]


@pytest.fixture
def former(sent: list[uuid.UUID]) -> list[uuid.UUID]:
    """Five submissions whose keys are wrapped as before key pairs were introduced."""
    with transaction() as session:
        former_wrap(session, *sent)
    return sent


def pair() -> str:
    return key_holder().public().id


def test_keys_of_before_are_wrapped_to_the_pair(former: list[uuid.UUID]) -> None:
    keys = [key_of(one) for one in former]
    put_in(former[0], "withdrawn")
    result = rewrap_all(batch=2)
    assert (result.done, result.failed) == (5, [])
    assert [key_of(one) for one in former] == keys
    assert holders(former[0]) == {pair()}
    # While no receipt key is stored, an open submission keeps the application's wrap, so that its answers can be read.
    assert holders(former[1]) == {pair(), APPLICATION}
    assert rewrap_all().done == 0


def test_when_its_contributor_returns_the_application_secret_opens_it_no_more(
    contributor: Contributor, app_settings: Settings
) -> None:
    submission_id = contributor.submit()
    key = key_of(submission_id)
    with transaction() as session:
        former_wrap(session, submission_id)
    rewrap_all()
    with transaction() as session:
        locked_by_receipt(session, contributor.receipt)
    assert holders(submission_id) == {pair(), RECEIPT}
    assert key_of(submission_id) == key


def test_a_submission_that_is_decided_meanwhile_needs_it_no_more(former: list[uuid.UUID]) -> None:
    rewrap_all()
    put_in(former[2], "withdrawn")
    assert rewrap_all().done == 1
    assert holders(former[2]) == {pair()}


def test_a_rotation_wraps_all_to_the_new_pair(app_settings: Settings, sent: list[uuid.UUID]) -> None:
    keys, old = [key_of(one) for one in sent], pair()
    new = begin(app_settings, {old: 5}).key.id
    assert new != old
    assert [key_of(one) for one in sent] == keys, "everything goes on meanwhile"
    assert rewrap_all(batch=2).done == 5
    with transaction() as session:
        assert counts(session) == {new: 5, RECEIPT: 5}
    assert destroy_old(app_settings, {new: 5}) == [old]
    key_holder.cache_clear()
    assert [key_of(one) for one in sent] == keys


class Killed(BaseException):
    pass


@pytest.mark.parametrize("after", range(1, 5))
def test_a_rotation_that_was_killed_goes_on(
    app_settings: Settings, sent: list[uuid.UUID], monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    keys, old = [key_of(one) for one in sent], pair()
    new = begin(app_settings, {old: 5}).key.id
    rewrap, seen = rewrapping._rewrap, []

    def killed(*arguments: object) -> None:
        seen.append(1)
        if len(seen) > after:
            raise Killed
        rewrap(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(rewrapping, "_rewrap", killed)
        with pytest.raises(Killed):
            rewrap_all(batch=1)
    with transaction() as session:
        stored = counts(session)
    assert (stored[new], stored[old]) == (after, 5 - after)
    assert [key_of(one) for one in sent] == keys
    again = begin(app_settings, stored)
    assert (again.key.id, again.is_new) == (new, False)
    assert rewrap_all().done == 5 - after
    assert [key_of(one) for one in sent] == keys


def test_a_key_that_does_not_open_stops_no_other(sent: list[uuid.UUID], app_settings: Settings) -> None:
    with transaction() as session:
        row = session.get_one(SubmissionKey, (sent[2], pair()))
        row.wrapped = bytes(80)
    begin(app_settings, {})
    result = rewrap_all(batch=2)
    assert (result.done, result.failed) == (4, [sent[2]])
    assert rewrap_all().failed == [sent[2]]


def test_a_purged_submission_gets_no_key(sent: list[uuid.UUID], app_settings: Settings) -> None:
    put_in(sent[0], "withdrawn")
    with transaction() as session:
        purge(session, sent[0])
    begin(app_settings, {})
    assert rewrap_all().done == 4
    assert holders(sent[0]) == set()


def test_nothing_but_the_narrow_table_is_written(
    sent: list[uuid.UUID], app_settings: Settings, run_jobs: Callable[[], list[str]]
) -> None:
    run_jobs()
    before = everything(app_settings)
    files = {path: path.read_bytes() for path in app_settings.files_dir.rglob("*") if path.is_file()}
    begin(app_settings, {})
    rewrap_all()
    after = everything(app_settings)
    assert {name for name in after if after[name] != before[name]} == {"submission_keys"}
    assert files == {path: path.read_bytes() for path in app_settings.files_dir.rglob("*") if path.is_file()}
