"""Handler of the weekly mail with the head of the chain of events."""

import smtplib

from intake.audit import heads
from intake.audit.heads import Head
from intake.db import transaction
from intake.models import Job
from intake.notifications import chain_heads
from intake.notifications.digest import Addressee
from intake.notifications.mail import Mailer
from intake.settings import settings
from workers.tasks.notifications import FAILURES


def send_heads(job: Job) -> None:
    """Mail the head to every chief editor who wants mail. Nothing is sent before the first event is linked.

    If one mail fails, the others are still sent. The retried job sends only the failed mails.
    """
    if not settings().smtp_url:
        return
    with transaction() as session:
        head = heads.current(session)
        people = chain_heads.addressees(session)
    if head is None:
        return
    failure: Exception | None = None
    with Mailer(settings()) as mailer:
        for editor in people:
            try:
                _send(mailer, editor, head, job)
            except smtplib.SMTPException as error:
                failure = error
    if failure:
        raise failure


def _send(mailer: Mailer, editor: Addressee, head: Head, job: Job) -> None:
    with transaction() as session:
        if not chain_heads.claim(session, editor.id, job.created_at):
            return
    try:
        mailer.send(editor.email, "chain_head", {"linked": head.position}, head=str(head))
    except FAILURES:
        with transaction() as session:
            chain_heads.unclaim(session, editor.id)
        raise
