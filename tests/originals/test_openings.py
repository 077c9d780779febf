"""Two people, each with a passphrase, can open an original for a short time. Nobody else can. Each step is an event."""

import uuid
from dataclasses import dataclass

import pytest
from sqlalchemy import func, select, update

from intake.crypto import KeyFault, new_key
from intake.db import transaction
from intake.errors import NotFound
from intake.keys import shares
from intake.keys.shares import WrongPassphrase
from intake.models import Editor, Opening, OpeningShare, OriginalShare, SealedOriginal, Submission
from intake.originals import ASK_MINUTES, OPEN_MINUTES, holders, keeping, openings
from intake.originals.openings import OpeningRefused, Unlocked
from intake.storage import FileDamaged, files
from tests.cast import Contributor, RunJobs
from tests.originals.conftest import HolderWithKey, hold
from tests.originals.kept import PICTURE, events, pass_days, pass_minutes, photo_of, send
from workers.tasks import housekeeping


@dataclass(frozen=True)
class Scene:
    """Submission with a sealed original, and its two holders."""

    id: uuid.UUID
    first: HolderWithKey
    second: HolderWithKey

    def ask(self, who: HolderWithKey | None = None, passphrase: str = "") -> int:
        """Ask for an opening. Returns its id."""
        person = who or self.first
        with transaction() as session:
            words = passphrase or person.passphrase
            return openings.ask(session, self.id, person.account, words, "Is the place right?").id

    def agree(self, opening: int, who: HolderWithKey | None = None, passphrase: str = "") -> None:
        """Agree to an opening."""
        person = who or self.second
        with transaction() as session:
            openings.agree(session, self.id, opening, person.account, passphrase or person.passphrase)

    def download(self, who: HolderWithKey, passphrase: str = "") -> Unlocked:
        """Unlock the original."""
        with transaction() as session:
            photo = photo_of(self.id).id
            return openings.download(session, self.id, photo, who.account, passphrase or who.passphrase)


@pytest.fixture
def scene(contributor: Contributor, run_jobs: RunJobs, first: HolderWithKey, second: HolderWithKey) -> Scene:
    """Submission with one photo, whose original is kept."""
    return Scene(send(contributor, run_jobs), first, second)


def state(opening: int) -> str:
    """Return the state of an opening."""
    with transaction() as session:
        return session.get_one(Opening, opening).state


def secrets() -> int:
    """Return the number of secrets of openings in the database."""
    with transaction() as session:
        return session.scalar(select(func.count()).select_from(OpeningShare)) or 0


def test_two_people_open_it_and_get_the_unchanged_file(scene: Scene) -> None:
    opening = scene.ask()
    with pytest.raises(OpeningRefused, match="over"):
        scene.download(scene.first)
    scene.agree(opening)
    for person in (scene.first, scene.second):
        found = scene.download(person)
        assert files().read(found.file_name, found.key) == PICTURE
    with transaction() as session:
        openings.read(session, scene.id, photo_of(scene.id).id, scene.first.account, scene.first.passphrase)
        told = keeping.for_contributor(session, session.get_one(Submission, scene.id))
        assert told.opened == [keeping.today(session)]
    assert events() == [
        "opening.asked", "opening.agreed", "original.downloaded", "original.downloaded", "original.read",
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["first", "second"])
def test_either_of_them_may_ask(scene: Scene, by: str) -> None:
    asker, other = (scene.first, scene.second) if by == "first" else (scene.second, scene.first)
    scene.agree(scene.ask(asker), other)
    assert files().read(scene.download(asker).file_name, scene.download(asker).key) == PICTURE


def test_one_person_cannot_agree_alone(scene: Scene) -> None:
    opening = scene.ask()
    with pytest.raises(OpeningRefused, match="Another holder"):
        scene.agree(opening, scene.first)
    assert state(opening) == "asked"


@pytest.mark.parametrize("wrong", ["0000-0000-0000-0000-0000-0000", "other"])
def test_a_wrong_passphrase_opens_nothing(scene: Scene, wrong: str) -> None:
    of_second = scene.second.passphrase if wrong == "other" else wrong
    with pytest.raises(WrongPassphrase):
        scene.ask(passphrase=of_second)
    opening = scene.ask()
    with pytest.raises(WrongPassphrase):
        scene.agree(opening, passphrase=scene.first.passphrase if wrong == "other" else wrong)
    scene.agree(opening)
    with pytest.raises(WrongPassphrase):
        scene.download(scene.first, of_second)
    assert events() == ["opening.asked", "opening.agreed"]


def test_between_the_two_nothing_in_the_database_opens_for_the_first_one(scene: Scene) -> None:
    """Until the second person agrees, the asking person cannot unwrap the other share, nor open the file with one share."""
    scene.ask()
    with transaction() as session:
        (waiting,) = session.scalars(select(OpeningShare)).all()
        key = holders.own_key(session, scene.first.account)
        assert key
        pair = shares.SealedPair(key.public, key.salt, key.sealed_private)
        row = session.scalars(select(OriginalShare)).one()
        submission_key = session.get_one(Submission, scene.id).key
        (original,) = session.scalars(select(SealedOriginal)).all()
        name = original.file_name
    private = pair.opened(scene.first.passphrase)
    for wrapped in (waiting.wrapped, row.second_share):
        for purpose in (openings.ENTRUSTED, openings.WHOLE, keeping.SHARE):
            with pytest.raises(KeyFault):
                shares.unwrap(wrapped, private, purpose, row.photo_id)
    with transaction() as session:
        other = holders.own_key(session, scene.second.account)
        assert other
    own = shares.unwrap(row.first_share, private, keeping.SHARE, row.photo_id, other.public)
    with pytest.raises(FileDamaged):
        files().read(name, shares.file_key(own, submission_key, row.photo_id))


def test_a_purged_submission_stays_closed_for_whoever_kept_both_shares(scene: Scene) -> None:
    """The key of the file is derived from both shares and the key of the submission, which a purge destroys."""
    scene.agree(scene.ask())
    found = scene.download(scene.first)
    with transaction() as session:
        row = session.scalars(select(OpeningShare)).first()
        assert row
        key = holders.own_key(session, scene.first.account)
        assert key
        pair = shares.SealedPair(key.public, key.salt, key.sealed_private)
        if row.holder_id != key.id:
            pair = shares.SealedPair(*_pair(session, scene.second))
        words = scene.first.passphrase if row.holder_id == key.id else scene.second.passphrase
    whole = shares.unwrap(row.wrapped, pair.opened(words), openings.WHOLE, row.photo_id)
    with pytest.raises(FileDamaged):
        files().read(found.file_name, shares.file_key(whole, new_key(), row.photo_id))


def _pair(session, person: HolderWithKey) -> tuple[bytes, bytes, bytes]:  # type: ignore[no-untyped-def]
    key = holders.own_key(session, person.account)
    assert key
    return key.public, key.salt, key.sealed_private


@pytest.mark.parametrize("column", ["first_share", "second_share"])
def test_a_forged_share_is_noticed(scene: Scene, column: str) -> None:
    """An attacker with write access to the database replaces a share by another one, wrapped for the same holder."""
    with transaction() as session:
        row = session.scalars(select(OriginalShare)).one()
        keys = holders.keys(session)
        own, other = (keys[0], keys[1]) if column == "first_share" else (keys[1], keys[0])
        forged = shares.wrap(new_key(), own.public, keeping.SHARE, row.photo_id, other.public)
        session.execute(update(OriginalShare).values({column: forged}))
    scene.agree(scene.ask())
    found = scene.download(scene.first)
    with pytest.raises(FileDamaged):
        files().read(found.file_name, found.key)


def test_a_share_of_another_pair_does_not_open(
    scene: Scene, contributor: Contributor, run_jobs: RunJobs, other_editor: Editor
) -> None:
    """A share is bound to a pair of holders: that of the first and second holder cannot be used by the first and third."""
    third = hold(other_editor)
    other = Scene(send(contributor, run_jobs), scene.first, scene.second)
    with transaction() as session:
        rows = session.scalars(
            select(OriginalShare).where(OriginalShare.photo_id == photo_of(other.id).id)
        ).all()
        shared = {(row.first_id, row.second_id): row for row in rows}
        first, second, last = sorted({one for pair in shared for one in pair})
        shared[first, last].first_share = shared[first, second].first_share
    with pytest.raises(KeyFault):
        other.ask(scene.first)
    other.agree(other.ask(scene.second), third)
    found = other.download(third)
    assert files().read(found.file_name, found.key) == PICTURE
    with pytest.raises(OpeningRefused):
        other.download(scene.first)


def test_nobody_agrees_in_time(scene: Scene) -> None:
    opening = scene.ask()
    assert secrets() == 1
    pass_minutes(ASK_MINUTES)
    with pytest.raises(OpeningRefused, match="over"):
        scene.agree(opening)
    with transaction() as session:
        openings.close_over(session)
    assert (state(opening), secrets()) == ("lapsed", 0)
    assert events() == ["opening.asked", "opening.lapsed"]


def test_it_closes_by_itself(scene: Scene, run_jobs: RunJobs) -> None:
    opening = scene.ask()
    scene.agree(opening)
    assert secrets() == 2
    pass_minutes(OPEN_MINUTES)
    with pytest.raises(OpeningRefused, match="over"):
        scene.download(scene.first)
    housekeeping.sweep(None)  # type: ignore[arg-type]
    assert (state(opening), secrets()) == ("ended", 0)
    assert events() == ["opening.asked", "opening.agreed", "opening.ended"]
    scene.agree(scene.ask(scene.second), scene.first)


def test_a_refusal_and_a_request_that_is_called_off(scene: Scene) -> None:
    for who, name in ((scene.second, "refused"), (scene.first, "called_off")):
        opening = scene.ask()
        with transaction() as session:
            openings.decline(session, scene.id, opening, who.account)
        assert (state(opening), secrets()) == (name, 0)
        with pytest.raises(OpeningRefused):
            scene.agree(opening)
    assert events() == ["opening.asked", "opening.refused", "opening.asked", "opening.called_off"]


def test_there_is_one_request_at_a_time(scene: Scene) -> None:
    scene.ask()
    with pytest.raises(OpeningRefused, match="already"):
        scene.ask(scene.second)


def test_an_opening_of_another_submission_is_not_found(
    scene: Scene, contributor: Contributor, run_jobs: RunJobs
) -> None:
    opening = scene.ask()
    other = Scene(send(contributor, run_jobs), scene.first, scene.second)
    with pytest.raises(NotFound):
        other.agree(opening)


def test_only_named_people_with_a_key(scene: Scene, other_editor: Editor) -> None:
    stranger = HolderWithKey(other_editor, scene.first.passphrase)
    with pytest.raises(OpeningRefused, match="no key"):
        scene.ask(stranger)
    late = hold(other_editor)
    with pytest.raises(OpeningRefused, match="no sealed original"):
        scene.ask(late)


def test_a_holder_who_was_removed_meanwhile_cannot_look(scene: Scene) -> None:
    scene.agree(scene.ask())
    with transaction() as session:
        holders.set_named(session, session.get_one(Editor, scene.second.account.id), None, is_named=False)
    with pytest.raises(OpeningRefused):
        scene.download(scene.second)
    with pytest.raises(OpeningRefused):
        scene.download(scene.first)


def test_the_contributor_ends_an_opening(scene: Scene) -> None:
    scene.agree(scene.ask())
    with transaction() as session:
        keeping.take_back(session, session.get_one(Submission, scene.id))
    with pytest.raises(OpeningRefused):
        scene.download(scene.first)
    assert secrets() == 0
    with transaction() as session:
        assert [one.state for one in openings.openings(session, scene.id)] == ["ended"]
    assert events("opening.") == ["opening.asked", "opening.agreed", "opening.ended"]


def test_nothing_opens_after_the_last_day_even_before_the_nightly_job(scene: Scene) -> None:
    pass_days(31)
    with pytest.raises(OpeningRefused, match="no sealed original"):
        scene.ask()
    with transaction() as session:
        assert openings.kept(session, scene.id, scene.first.account) == []


def test_the_kept_photos_say_whether_the_reader_has_a_share(scene: Scene, other_editor: Editor) -> None:
    late = hold(other_editor)
    with transaction() as session:
        assert [one.with_you for one in openings.kept(session, scene.id, scene.first.account)] == [True]
        assert [one.with_you for one in openings.kept(session, scene.id, late.account)] == [False]
    opening = scene.ask()
    with transaction() as session:
        asked = session.get_one(Opening, opening)
        assert [one.id for one in openings.entrusted(session, asked)] == [scene.second.account.id]
