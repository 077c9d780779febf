"""How values look on a page: times, statuses, roles; and what every template may use."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from intake import wording
from intake.languages import NAMES, direction
from intake.messages import notes
from intake.models.account import ROLES, SCOPES
from intake.review.timeline import group_routine
from intake.web.current import config

# Upper bound in seconds, seconds in one unit, and its name.
UNITS = (
    (90, 1, "second"),
    (90 * 60, 60, "minute"),
    (36 * 3600, 3600, "hour"),
    (14 * 86400, 86400, "day"),
    (60 * 86400, 7 * 86400, "week"),
    (730 * 86400, 30 * 86400, "month"),
)


def ago(at: datetime) -> str:
    """`12 seconds ago`, as a person says it."""
    words = _words(datetime.now(UTC) - at)
    return f"{words} ago" if words else "just now"


def waited(since: datetime) -> str:
    """`3 days`: how long it is since then."""
    return _words(datetime.now(UTC) - since) or "a moment"


def until(at: datetime) -> str:
    """`in 20 seconds`: how long it is until then."""
    words = _words(at - datetime.now(UTC))
    return f"in {words}" if words else "now"


def _words(span: timedelta) -> str:
    """Nothing for less than a second."""
    seconds = max(0, int(span.total_seconds()))
    for bound, unit, name in UNITS:
        if seconds < bound:
            return _count(seconds // unit, name)
    return _count(seconds // (365 * 86400), "year")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'s' * (number != 1)}" if number else ""


def stamp(at: datetime) -> str:
    """`23 November 2026, 14:05 UTC`."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%B %Y, %H:%M} UTC"


def day(at: datetime) -> str:
    """`23 November 2026`."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%B %Y}"


def clock(at: datetime) -> str:
    """`14:05:30 UTC`, of a moment that is near."""
    return f"{at.astimezone(UTC):%H:%M:%S} UTC"


def size(count: int) -> str:
    """Bytes as people read them."""
    number, units = float(count), ["bytes", "KB", "MB", "GB", "TB"]
    while number >= 1024 and len(units) > 1:
        number, units = number / 1024, units[1:]
    return f"{number:.0f} {units[0]}" if number >= 10 or units[0] == "bytes" else f"{number:.1f} {units[0]}"


def init_app(app: Flask) -> None:
    """Give templates the filters and names that all of them may use."""
    for words in (ago, waited, until):
        app.add_template_filter(words)
    app.add_template_filter(stamp)
    app.add_template_filter(day)
    app.add_template_filter(clock)
    app.add_template_filter(size, "filesize")
    app.add_template_filter(lambda status: wording.STATUS[status], "status_word")
    app.add_template_filter(lambda state: wording.JOB_STATES[state], "job_word")
    app.add_template_filter(lambda lane: wording.LANES[lane], "lane_word")
    app.add_template_filter(lambda verdict: wording.PENDING_DECISIONS[verdict], "pending_word")
    app.add_template_filter(lambda status: wording.STATUS_EXPLAINED[status], "status_explained")
    app.add_template_filter(lambda verdict: wording.VERDICTS[verdict].capitalize(), "verdict_word")
    app.add_template_filter(lambda kind: wording.NOTIFICATION_REASONS[kind], "told_word")
    app.add_template_filter(lambda problem: wording.PROBLEMS[problem], "problem_word")
    app.add_template_filter(lambda role: ROLES[role], "role_word")
    app.add_template_filter(lambda scope: SCOPES[scope], "scope_word")
    app.add_template_filter(lambda code: NAMES.get(code, code), "language_name")
    app.add_template_filter(direction)
    app.add_template_filter(group_routine)
    app.add_template_filter(notes.split_mentions, "mention_parts")
    app.context_processor(_names)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True


def _names() -> dict[str, str]:
    return {"magazine": config().magazine, "page_lang": "en", "page_dir": "ltr"}
