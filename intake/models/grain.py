"""Times that are known to the day or to half a day (`Settings.grain`), as those of contributors' acts are.

An exact time would help to find the person who was online at that time.
"""

from datetime import UTC, datetime, timedelta

FINEST = timedelta(hours=12)
"""Length of the shortest span in which all times are stored alike. A longer span consists of several of it."""

ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
"""Beginning of one span. All other spans begin a multiple of their length before or after it."""


def is_coarse(at: datetime) -> bool:
    """Return whether a stored time says only the day or the half day.

    An exact time that begins a span by accident counts as coarse: one in forty billion does.
    """
    return not (at - ORIGIN) % FINEST
