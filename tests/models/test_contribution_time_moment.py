from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from intake.models import contribution_time

moments = st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1))


@given(moments)
def test_only_the_beginning_of_a_half_day_is_coarse(at: datetime) -> None:
    begins = (at.hour % 12, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)
    assert contribution_time.is_coarse_moment(at) == begins
    midnight = at.replace(hour=0, minute=0, second=0, microsecond=0)
    assert contribution_time.is_coarse_moment(midnight)
    assert contribution_time.is_coarse_moment(midnight + contribution_time.FINEST)
    assert not contribution_time.is_coarse_moment(midnight + timedelta(microseconds=1))


def test_the_zone_of_a_time_does_not_matter() -> None:
    zone = timezone(timedelta(hours=5))
    assert contribution_time.is_coarse_moment(datetime(2026, 11, 23, 5, tzinfo=zone))
    assert not contribution_time.is_coarse_moment(datetime(2026, 11, 23, tzinfo=zone))
