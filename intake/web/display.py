"""Template filters for times, statuses and roles, and variables of all templates."""

from datetime import UTC, date, datetime, timedelta

from flask import Flask
from flask_login import current_user
from jinja2 import pass_context
from jinja2.runtime import Context

from intake import permissions, wording
from intake.checklists.progress import open_points
from intake.decisions.batch_eligibility import PROBLEMS
from intake.languages import NAMES, direction
from intake.magazine import chosen
from intake.messages import notes
from intake.models import contribution_time
from intake.models.account import ROLES, SCOPES
from intake.plurals import desk_noop, desk_plural, gettext_noop, ngettext_noop
from intake.review.timeline import group_routine
from intake.submissions.suspicion import signals
from intake.web.current import config
from intake.web.language import gettext, translator

# Units of time: upper bound for the unit in seconds, length of the unit in seconds, name of the unit.
UNITS = (
    (90, 1, "second"),
    (90 * 60, 60, "minute"),
    (36 * 3600, 3600, "hour"),
    (14 * 86400, 86400, "day"),
    (60 * 86400, 7 * 86400, "week"),
    (730 * 86400, 30 * 86400, "month"),
)
AGO = {
    "second": ngettext_noop("%(num)s second ago", "%(num)s seconds ago"),
    "minute": ngettext_noop("%(num)s minute ago", "%(num)s minutes ago"),
    "hour": ngettext_noop("%(num)s hour ago", "%(num)s hours ago"),
    "day": ngettext_noop("%(num)s day ago", "%(num)s days ago"),
    "week": ngettext_noop("%(num)s week ago", "%(num)s weeks ago"),
    "month": ngettext_noop("%(num)s month ago", "%(num)s months ago"),
    "year": ngettext_noop("%(num)s year ago", "%(num)s years ago"),
}
SPANS = {
    "second": desk_plural("%(num)s second", "%(num)s seconds"),
    "minute": desk_plural("%(num)s minute", "%(num)s minutes"),
    "hour": desk_plural("%(num)s hour", "%(num)s hours"),
    "day": desk_plural("%(num)s day", "%(num)s days"),
    "week": desk_plural("%(num)s week", "%(num)s weeks"),
    "month": desk_plural("%(num)s month", "%(num)s months"),
    "year": desk_plural("%(num)s year", "%(num)s years"),
}
IN = {
    "second": desk_plural("in %(num)s second", "in %(num)s seconds"),
    "minute": desk_plural("in %(num)s minute", "in %(num)s minutes"),
    "hour": desk_plural("in %(num)s hour", "in %(num)s hours"),
    "day": desk_plural("in %(num)s day", "in %(num)s days"),
    "week": desk_plural("in %(num)s week", "in %(num)s weeks"),
    "month": desk_plural("in %(num)s month", "in %(num)s months"),
    "year": desk_plural("in %(num)s year", "in %(num)s years"),
}
SINCE_DAYS = (desk_noop("since today"), desk_noop("since yesterday"))
PAST_HOURS = (desk_noop("in the past hour"), desk_noop("in the past 2 hours"))
A_MOMENT, NOW = desk_noop("a moment"), desk_noop("now")
LESS_THAN_A_SECOND = desk_noop("less than a second")
JUST_NOW = gettext_noop("just now")
RECENT_DAYS = (gettext_noop("today"), gettext_noop("yesterday"))
AFTER_NOON = gettext_noop("%(day)s, after 12:00 UTC")
SIZES = (
    gettext_noop("%(number)s bytes"),
    gettext_noop("%(number)s KB"),
    gettext_noop("%(number)s MB"),
    gettext_noop("%(number)s GB"),
    gettext_noop("%(number)s TB"),
)


def ago(at: datetime) -> str:
    """Return the time since `at` in the reader's language, such as `12 seconds ago`. `just now` for less than a second.

    If only the day is known, return the number of days, such as `yesterday`.
    """
    words = translator()
    if contribution_time.is_coarse_moment(at):
        return words.gettext(RECENT_DAYS[_days(at)]) if _days(at) < 2 else _ago(timedelta(_days(at)))
    span = datetime.now(UTC) - at
    return _ago(span) if span >= timedelta(seconds=1) else words.gettext(JUST_NOW)


def hour_ago(at: datetime) -> str:
    """Return the time since a moment that is known by its hour only, in the reader's language, such as `3 hours ago`.

    The hour begins at `at`. The moment may be up to an hour later, so the first two hours are `in the past hour` and
    `in the past 2 hours`.
    """
    hours, words = int((datetime.now(UTC) - at) / timedelta(hours=1)), translator()
    if hours < len(PAST_HOURS):
        return words.gettext(PAST_HOURS[max(0, hours)])
    return words.ngettext(*AGO["hour"], hours) % {"num": words.number(hours)}


def _ago(span: timedelta) -> str:
    number, unit = _span(span)
    return translator().ngettext(*AGO[unit], number) % {"num": number}


def waited(since: datetime) -> str:
    """Return the time since `since`, such as `3 days`, or `a moment` for less than a second.

    If only the day is known, return the number of days, or `since today` or `since yesterday`.
    """
    if contribution_time.is_coarse_moment(since):
        days = _days(since)
        return gettext(SINCE_DAYS[days]) if days < 2 else _words(timedelta(days))
    return _words(datetime.now(UTC) - since) or gettext(A_MOMENT)


def until(at: datetime) -> str:
    """Return the time until `at`, such as `in 20 seconds`, or `now` if `at` has passed."""
    number, unit = _span(at - datetime.now(UTC))
    words = translator()
    return words.ngettext(*IN[unit], number) % {"num": words.number(number)} if number else words.gettext(NOW)


def lasting(seconds: float) -> str:
    """Return a time span, such as `3 days`, or `less than a second`."""
    return _words(timedelta(seconds=seconds)) or gettext(LESS_THAN_A_SECOND)


def _days(at: datetime) -> int:
    """Return the number of days in UTC between the day of `at` and today."""
    return max(0, (datetime.now(UTC).date() - at.astimezone(UTC).date()).days)


def moment(at: datetime) -> str:
    """Return the full time in UTC, or the day or half day if only that is known."""
    if not contribution_time.is_coarse_moment(at):
        return stamp(at)
    known = day(at)
    return translator().gettext(AFTER_NOON) % {"day": known} if at.astimezone(UTC).hour else known


def machine_time(at: datetime) -> str:
    """Return a time in the form of the attribute `datetime`, or the date if only the day is known."""
    return at.astimezone(UTC).date().isoformat() if contribution_time.is_coarse_moment(at) else at.isoformat()


def _words(span: timedelta) -> str:
    """Return a time span in the unit that fits its length, such as `3 days`. "" for less than a second."""
    number, unit = _span(span)
    words = translator()
    return words.ngettext(*SPANS[unit], number) % {"num": words.number(number)} if number else ""


def _span(span: timedelta) -> tuple[int, str]:
    """Return a time span as a number, and the unit that fits its length."""
    seconds = max(0, int(span.total_seconds()))
    for bound, unit, name in UNITS:
        if seconds < bound:
            return seconds // unit, name
    return seconds // (365 * 86400), "year"


def day(at: datetime) -> str:
    """Return the date in UTC in the reader's language, such as `23 November 2026`."""
    return translator().date(at)


def whole_day(day: date) -> str:
    """Return a day in the reader's language, such as `23 November 2026`."""
    return translator().date(datetime(day.year, day.month, day.day, tzinfo=UTC))


def calendar_day(day: date) -> str:
    """Return a day in the reader's language, such as `23 November`, with the year if it is not this year's."""
    words = translator()
    return words.day_of_year(day) if day.year == datetime.now(UTC).year else words.day(day)


def stamp(at: datetime) -> str:
    """Return the time in UTC in the reader's language, such as `23 November 2026, 14:05 UTC`."""
    return translator().moment(at)


def clock(at: datetime) -> str:
    """Return the time of day, such as `14:05:30 UTC`."""
    return f"{at.astimezone(UTC):%H:%M:%S} UTC"


def size(count: int) -> str:
    """Return a number of bytes with a unit in the reader's language, such as `1.5 MB`."""
    number, step, words = float(count), 0, translator()
    while number >= 1024 and step + 1 < len(SIZES):
        number, step = number / 1024, step + 1
    figure = f"{number:.0f}" if number >= 10 or not step else words.decimal(number)
    return words.gettext(SIZES[step]) % {"number": figure}


@pass_context
def translated(_context: Context, message: str) -> str:
    """Translate a message that is defined in Python or another catalogue.

    Takes the context, because Jinja evaluates other filters of a constant once, in the first reader's language.
    """
    return gettext(message)


def init_app(app: Flask) -> None:
    """Register the template filters and variables."""
    for words in (ago, waited, until, lasting, moment, machine_time):
        app.add_template_filter(words)
    app.add_template_filter(stamp)
    app.add_template_filter(hour_ago)
    app.add_template_filter(day)
    app.add_template_filter(calendar_day)
    app.add_template_filter(translated)
    app.add_template_filter(whole_day)
    app.add_template_filter(lambda day: translator().weekday(day), "weekday")
    app.add_template_filter(lambda day: translator().month(day), "month")
    app.add_template_filter(lambda first, last: translator().days(first, last), "days_to")
    app.add_template_filter(lambda value: translator().number(value), "number")
    app.add_template_filter(clock)
    app.add_template_filter(size, "filesize")
    app.add_template_filter(lambda status: gettext(wording.STATUS[status]), "status_word")
    app.add_template_filter(lambda state: wording.JOB_STATES[state], "job_word")
    app.add_template_filter(lambda lane: gettext(wording.LANES[lane]), "lane_word")
    app.add_template_filter(lambda state: gettext(wording.PUBLISHING_STATES[state]), "state_word")
    app.add_template_filter(signals.reasons, "suspicion_reasons")
    app.add_template_filter(lambda verdict: gettext(wording.PENDING_DECISIONS[verdict]), "pending_word")
    app.add_template_filter(lambda status: gettext(wording.STATUS_EXPLAINED[status]), "status_explained")
    app.add_template_filter(lambda verdict: gettext(wording.VERDICTS[verdict]).capitalize(), "verdict_word")
    app.add_template_filter(lambda kind: gettext(wording.NOTIFICATION_REASONS[kind]), "notification_word")
    app.add_template_filter(lambda problem: gettext(PROBLEMS[problem]), "problem_word")
    app.add_template_global(lambda action: permissions.allows(current_user, action), "allowed")
    app.add_template_filter(lambda role: gettext(ROLES[role]), "role_word")
    app.add_template_filter(lambda scope: gettext(SCOPES[scope]), "scope_word")
    app.add_template_filter(lambda code: NAMES.get(code, code), "language_name")
    app.add_template_filter(direction)
    app.add_template_filter(group_routine)
    app.add_template_filter(open_points)
    app.add_template_filter(notes.split_mentions, "mention_parts")
    app.context_processor(_names)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _names() -> dict[str, str]:
    """Return the magazine's name and logo, and the origin (scheme and host) of the contributors' pages.

    `logo` is the address of a picture, or "". `contributors_origin` is "" if the desk has the same host.
    """
    settings, logo = config(), chosen.logo()
    return {
        "magazine": settings.magazine,
        "logo": f"/logo/{logo}" if logo else "",
        "contributors_origin": settings.base_url if settings.are_sides_apart else "",
    }
