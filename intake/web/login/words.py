"""Template filters for the words of login pages and notices."""

from math import ceil

from flask_wtf import FlaskForm

from intake.accounts.account_words import NOTICES_OF_OTHERS, OWN_NOTICES
from intake.accounts.notices import NoticeItem
from intake.plurals import gettext_noop
from intake.web.current import config
from intake.web.language import gettext, ngettext
from intake.web.login.blueprint import bp

__all__ = ["bp"]


MESSAGES = (
    gettext_noop("Authentication failed - identity or password/passcode invalid"),
    gettext_noop("Email not provided"),
    gettext_noop("Invalid email address"),
    gettext_noop("Password not provided"),
    gettext_noop("Passwords do not match"),
    gettext_noop("Invalid password"),
    gettext_noop("Your new password must be different than your previous password."),
    gettext_noop("You successfully changed your password."),
)
"""Messages of Flask-Security's two pages, to be translated here. Flask-Security lacks the languages of the desk."""


def translate(form: FlaskForm) -> None:
    """Translate the errors of a form of Flask-Security."""
    for field in form:
        field.errors = [gettext(str(error)) for error in field.errors]


@bp.app_template_filter("wait_words")
def wait_words(seconds: int) -> str:
    """Return a wait in words, rounded up, such as `30 seconds` or `4 minutes`."""
    if seconds < 90:
        return ngettext("%(num)s second", "%(num)s seconds", seconds)
    return ngettext("%(num)s minute", "%(num)s minutes", ceil(seconds / 60))


@bp.app_template_global("remember_hint")
def remember_hint() -> str:
    """Return the sentence under "Stay logged in", with the limits of sessions."""
    hours, days = config().session_idle_hours, config().session_days
    return gettext(
        "Tick this only on a device of your own. You log in again after %(hours)s without use, and %(days)s after this login at the latest.",
        hours=ngettext("%(num)s hour", "%(num)s hours", hours),
        days=ngettext("%(num)s day", "%(num)s days", days),
    )


@bp.app_template_filter("account_notice")
def account_notice(notice: NoticeItem) -> str:
    """Return the sentence of a notice about the reader's or a colleague's account."""
    words = OWN_NOTICES if notice.own else NOTICES_OF_OTHERS
    return gettext(words[notice.kind]).format(name=notice.name)
