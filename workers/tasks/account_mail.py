"""Handlers that mail people about the security of their accounts, regardless of their mail settings on the desk.

Admins are mailed about requests for legal holds here, too, because they have no mail settings on the desk.
"""

import smtplib

from intake.accounts import login_links, resets
from intake.accounts.account_words import NOTICES_OF_OTHERS, OWN_NOTICES
from intake.accounts.notices import notice_mail
from intake.db import transaction
from intake.magazine import mail_tests
from intake.models import Job
from intake.notifications.mail import Mailer, MailServerUnavailable
from intake.settings import settings
from workers.tasks.job import JobRefused

COLLEAGUE = "a colleague"
SAFETY = "This mail is about the safety of accounts. Your settings do not stop such mails."
REQUEST = "All admins get this mail, because any of them can confirm the hold. Your settings do not stop such mails."


def tell_account(job: Job) -> None:
    """Mail the notice of the job's event. The mail contains no names of colleagues."""
    if job.event_id is None:
        raise JobRefused("this job names no event")
    if not settings().smtp_url:
        return
    with transaction() as session:
        found = notice_mail(session, job.event_id)
        if found is None:
            return
        open_now = found.own and found.kind == "reset_asked"
        token = resets.call_off_token(session, found.about_id) if open_now else ""
    words = OWN_NOTICES if found.own else NOTICES_OF_OTHERS
    link = f"{settings().desk_base_url}/resets/{token}" if token else ""
    said = words[found.kind].format(name=COLLEAGUE)
    why, place = (REQUEST, "admin/retention") if found.kind == "hold_asked" else (SAFETY, "desk/")
    with Mailer(settings()) as mailer:
        mailer.send(
            found.address,
            "account",
            {},
            said=said,
            link=link,
            place=f"{settings().desk_base_url}/{place}",
            why=why,
        )


def send_login_link(job: Job) -> None:
    """Mail the link that confirms the person's browser, so that it becomes a known browser."""
    if job.event_id is None:
        raise JobRefused("this job names no event")
    if not settings().smtp_url:
        return
    with transaction() as session:
        found = login_links.link_for_event(session, job.event_id)
        address = found.editor.email if found else ""
    if found is None:
        return
    with Mailer(settings()) as mailer:
        link = f"{settings().desk_base_url}/login/links/{found.token}"
        mailer.send(address, "login_link", {"minutes": login_links.MINUTES}, link=link)


NO_SERVER = "No mail server is set."
UNAVAILABLE = "The mail server does not answer, refuses the login, or offers no trusted encryption. Check server, port, user and password."
REFUSED = "The mail server refused this message. Check the sender's address, and whether this user may send from it."


def send_test(job: Job) -> None:
    """Send the test message of the job's event once, and record the result for the page of settings."""
    if job.event_id is None:
        raise JobRefused("this job names no event")
    with transaction() as session:
        found = mail_tests.of_event(session, job.event_id)
    if found is None:
        return
    test_id, address = found
    problem = _try_to_send(address)
    with transaction() as session:
        mail_tests.tried(session, test_id, problem)


def _try_to_send(address: str) -> str:
    if not settings().smtp_url:
        return NO_SERVER
    try:
        with Mailer(settings()) as mailer:
            mailer.send(address, "test", {}, magazine=settings().magazine)
    except MailServerUnavailable:
        return UNAVAILABLE
    except smtplib.SMTPException:
        return REFUSED
    return ""
