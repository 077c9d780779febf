from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from intake.accounts import administration
from intake.crypto import KeyFault, keyring
from intake.db import transaction
from intake.errors import LimitReached, NotFound
from intake.guests import links, reading
from intake.guests.links import LINK_LIMIT, TooManyLinks, find_link, make_link, open_link, withdraw_link
from intake.keys.rotation import export_public
from intake.lifecycle import IllegalMove
from intake.models import Editor, Event, LinkKey, Note, Notification, ReadingLink, Submission
from intake.review.submission_detail import submission_detail
from intake.settings import Settings
from intake.submissions.removal import purge, withdraw
from tests.cast import Contributor
from tests.forgetting import forget
from tests.stored import everything
from tests.together import second_waits


def make(submission: Submission, editor: Editor, days: int = 3) -> tuple[int, str]:
    with transaction() as session:
        link, secret = make_link(
            session, submission.id, editor, "Lawyer", days, shows_photos=True, allows_download=False
        )
        return link.id, secret


def start(secret: str, cookie: str = "") -> str | None:
    with transaction() as session:
        return open_link(find_link(session, secret, lock=True), cookie)


def told() -> list[str]:
    with transaction() as session:
        named = select(Event.name).where(Event.name.regexp_match("^(link|guest)")).order_by(Event.id)
        return list(session.scalars(named))


def refused(secret: str) -> bool:
    try:
        with transaction() as session:
            find_link(session, secret)
    except NotFound:
        return True
    return False


def test_secret_and_cookie_are_random_and_stored_as_hashes(
    in_review: Submission, editor: Editor, app_settings: Settings
) -> None:
    _, secret = make(in_review, editor)
    cookie = start(secret)
    assert cookie is not None
    assert len(secret) >= 43 <= len(cookie)
    assert secret != make(in_review, editor)[1]
    stored = "".join(everything(app_settings).values())
    assert "Lawyer" not in stored
    assert secret not in stored
    assert cookie not in stored


def test_the_first_browser_opens_it_and_may_come_back(in_review: Submission, editor: Editor) -> None:
    number, secret = make(in_review, editor)
    cookie = start(secret)
    assert cookie
    assert start(secret, cookie) == cookie
    assert start(secret) is None
    assert start(secret, "wrong") is None
    assert told() == ["link.made", "link.opened", "link.refused"]
    with transaction() as session:
        session.execute(
            update(ReadingLink).values(
                refused_at=func.now() - timedelta(hours=2), visited_at=func.now() - timedelta(hours=2)
            )
        )
    assert start(secret) is None
    with transaction() as session:
        links.note_return(find_link(session, secret))
        links.note_return(find_link(session, secret))
    assert told()[3:] == ["link.refused", "link.reopened"]
    with transaction() as session:
        (one,) = links.reading_links(session, in_review.id)
        said = [entry.sentence for entry in submission_detail(session, in_review.id).timeline]
    assert (one.id, one.state, one.maker, one.notes) == (number, "open", editor.name, 0)
    assert "Guest Lawyer opened the reading link" in said
    assert "The reading link of Guest Lawyer was refused in a second browser" in said


def test_of_two_browsers_at_once_one_opens_it(in_review: Submission, editor: Editor) -> None:
    _, secret = make(in_review, editor)
    found: list[str | None] = []
    second_waits(
        lambda session: found.append(open_link(find_link(session, secret, lock=True), "")),
        lambda: found.append(start(secret)),
    )
    assert found[0]
    assert found[1:] == [None]


@pytest.mark.parametrize(
    "how", ["expired", "withdrawn", "maker off", "submission withdrawn", "purged", "unknown"]
)
def test_what_ends_a_link(
    contributor: Contributor, in_review: Submission, editor: Editor, other_editor: Editor, how: str
) -> None:
    number, secret = make(in_review, editor)
    assert not refused(secret)
    with transaction() as session:
        if how == "expired":
            session.execute(update(ReadingLink).values(expires_at=func.now()))
        elif how == "withdrawn":
            withdraw_link(session, in_review.id, number, other_editor)
        elif how == "maker off":
            administration.switch_off(session, editor.id, None)
        elif how != "unknown":
            withdraw(session, contributor.receipt)
    if how == "purged":
        with transaction() as session:
            purge(session, in_review.id)
            assert session.scalar(select(func.count()).select_from(ReadingLink)) == 0
    assert refused("x" + secret if how == "unknown" else secret)


def test_a_link_of_another_submission_is_not_found(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    number, _ = make(in_review, editor)
    contributor.submit()
    with transaction() as session, pytest.raises(NotFound):
        withdraw_link(session, contributor.submission_id, number, editor)


def test_a_link_needs_a_clean_text_a_known_lifetime_and_a_place(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    with pytest.raises(ValueError, match="lives for one of"):
        make(in_review, editor, 2)
    for _ in range(LINK_LIMIT):
        make(in_review, editor)
    with pytest.raises(TooManyLinks):
        make(in_review, editor)
    contributor.submit()
    with transaction() as session:
        unclean = session.get_one(Submission, contributor.submission_id)
    with pytest.raises(IllegalMove):
        make(unclean, editor)


def leave(secret: str, body: str) -> None:
    with transaction() as session:
        reading.leave_note(find_link(session, secret, lock=True), body)


def test_notes_of_a_guest_are_told_and_limited(in_review: Submission, editor: Editor) -> None:
    _, secret = make(in_review, editor)
    for number in range(reading.NOTE_LIMIT):
        leave(secret, f"Paragraph {number} is libel")
        leave(secret, f"Paragraph {number} is libel")
    with pytest.raises(LimitReached):
        leave(secret, "One more")
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Note)) == reading.NOTE_LIMIT
        kinds = {(one.editor_id, one.kind) for one in session.scalars(select(Notification))}
        entry = submission_detail(session, in_review.id).timeline[-1]
        page = reading.guest_page(find_link(session, secret))
    assert kinds == {(editor.id, "guest_note")}
    assert (entry.actor, entry.kind, entry.body) == ("Guest Lawyer", "note", "Paragraph 19 is libel")
    assert page.notes_left == 0


def test_a_guest_s_text_for_download(in_review: Submission, editor: Editor) -> None:
    _, secret = make(in_review, editor)
    with transaction() as session:
        page = reading.guest_page(find_link(session, secret))
    assert reading.plain_text(page) == "Over the river\n\nThe ice broke at noon.\n"


def test_a_public_host_opens_the_submission_of_a_link_and_no_other(
    in_review: Submission,
    editor: Editor,
    app_settings: Settings,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = Contributor()
    other.submit()
    with transaction() as session:
        key = session.get_one(Submission, in_review.id).key
    number, secret = make(in_review, editor)
    withdrawn, ended = make(in_review, editor)
    with transaction() as session:
        withdraw_link(session, in_review.id, withdrawn, editor)
        assert list(session.scalars(select(LinkKey.link_id))) == [number]
    public, pair = export_public(app_settings, keyring(), tmp_path / "public", {})
    monkeypatch.setenv("TRANSOM_WEB_SIDE", "public")
    monkeypatch.setenv("TRANSOM_PUBLIC_KEY_FILE", str(public))
    monkeypatch.setenv("TRANSOM_PUBLIC_SECRETS_FILE", str(pair))
    app_settings.private_key_path.unlink()
    app_settings.master_key_path.unlink()
    forget()
    with transaction() as session:
        assert find_link(session, secret).submission.key == key
        with pytest.raises(KeyFault):
            _ = session.get_one(Submission, other.submission_id).key
    assert refused(ended)


def test_a_purge_destroys_the_keys_of_links(
    contributor: Contributor, in_review: Submission, editor: Editor
) -> None:
    make(in_review, editor)
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with transaction() as session:
        purge(session, in_review.id)
        assert session.scalar(select(func.count(LinkKey.link_id))) == 0
