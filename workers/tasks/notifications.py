"""Handlers that mail editors: immediate notifications, and a digest at the hours in the settings."""

import smtplib
from collections import Counter
from datetime import datetime

from intake.db import transaction
from intake.models import Job
from intake.models.lookup import locked
from intake.models.message import KINDS
from intake.notifications import digest, notify
from intake.notifications.digest import Addressee
from intake.notifications.mail import Mailer, MailServerUnavailable
from intake.notifications.notify import notified_editor_id
from intake.settings import settings
from workers.tasks.job import JobRefused, submission_of

FAILURES = (MailServerUnavailable, smtplib.SMTPException, OSError)


def notify_now(job: Job) -> None:
    """Mail the editor whom the job's event notifies.

    One mail covers all notifications of the editor that are unread and not mailed yet.
    """
    if job.event_id is None:
        raise JobRefused("this job names no event")
    if not settings().smtp_url:
        return
    with transaction() as session:
        found = digest.addressees(session, only=notified_editor_id(session, job.event_id) or 0)
        taken = notify.claim_unmailed(session, found[0].id) if found else []
    if taken:
        _write_at_once(found[0], taken)


def _write_at_once(editor: Addressee, taken: list[tuple[int, str]]) -> None:
    counts = Counter(kind for _, kind in taken)
    try:
        with Mailer(settings()) as mailer:
            mailer.send(editor.email, "notification", {kind: counts[kind] for kind in KINDS})
    except FAILURES:
        with transaction() as session:
            notify.unclaim_unmailed(session, [number for number, _ in taken])
        raise


def notify_overruled(job: Job) -> None:
    """Notify the editor who approved a submission first that a second editor decided otherwise."""
    if job.event_id is None:
        raise JobRefused("this job names no event")
    with transaction() as session:
        submission = locked(session, submission_of(job))
        editor_id = notified_editor_id(session, job.event_id)
        if editor_id is not None:
            notify.notify_once(session, editor_id, submission, "overruled")


def send_digests(_job: Job) -> None:
    """Mail a digest to every editor, if a digest is due. An editor for whom all counts are 0 gets no mail.

    If one mail fails, the others are still sent. The retried job sends only the failed mails.
    """
    if not settings().smtp_url:
        return
    with transaction() as session:
        due = digest.last_due(digest.database_time(session), settings().digest_times)
        people = digest.addressees(session)
    if due is not None:
        _write_digests(people, due)


def _write_digests(people: list[Addressee], due: datetime) -> None:
    failure: Exception | None = None
    with Mailer(settings()) as mailer:
        for editor in people:
            try:
                _write_digest(mailer, editor, due)
            except smtplib.SMTPException as error:
                failure = error
    if failure:
        raise failure


def _write_digest(mailer: Mailer, editor: Addressee, due: datetime) -> None:
    with transaction() as session:
        if not notify.claim_digest(session, editor.id, due):
            return
        counts, newest = digest.digest_counts(session, settings(), editor.id)
    try:
        if any(counts.values()):
            mailer.send(editor.email, "digest", counts)
    except FAILURES:
        with transaction() as session:
            notify.unclaim_digest(session, editor.id)
        raise
    with transaction() as session:
        digest.mark_arrivals(session, editor.id, newest)
