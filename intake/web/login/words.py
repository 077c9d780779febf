"""Template filters for the words of login pages and notices."""

from math import ceil

from intake.accounts.account_words import NOTICES_OF_OTHERS, OWN_NOTICES
from intake.accounts.notices import NoticeItem
from intake.web.current import config
from intake.web.login.blueprint import bp

__all__ = ["bp"]


@bp.app_template_filter("wait_words")
def wait_words(seconds: int) -> str:
    """Return a wait in words, rounded up, such as `30 seconds` or `4 minutes`."""
    return _number(seconds, "second") if seconds < 90 else _number(ceil(seconds / 60), "minute")


def _number(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


@bp.app_template_global("remember_hint")
def remember_hint() -> str:
    """Return the sentence under "Stay logged in", with the limits of sessions."""
    hours, days = config().session_idle_hours, config().session_days
    return (
        f"Tick this only on a device of your own. You log in again after {_number(hours, 'hour')} without use, and"
        f" {_number(days, 'day')} after this login at the latest."
    )


@bp.app_template_filter("account_notice")
def account_notice(notice: NoticeItem) -> str:
    """Return the sentence of a notice about the reader's or a colleague's account."""
    words = OWN_NOTICES if notice.own else NOTICES_OF_OTHERS
    return words[notice.kind].format(name=notice.name)
