import base64
import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.models.columns import BIGINT_MAX
from intake.paging import cursor, parse_cursor

zones = st.integers(-12, 14).map(lambda hours: timezone(timedelta(hours=hours)))
moments = st.datetimes(min_value=datetime(2020, 1, 1), timezones=zones)


def word(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode()


@given(moments, st.integers(0, BIGINT_MAX))
def test_a_cursor_is_read_as_it_was_written(at: datetime, number: int) -> None:
    written = cursor(at, number)
    assert parse_cursor(written) == (at, number)
    assert written.replace("-", "").replace("_", "").isalnum()


@given(st.text())
def test_whatever_stands_in_an_address_is_read_or_ignored(written: str) -> None:
    found = parse_cursor(written)
    assert found is None or found[0].tzinfo is not None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "%%%",
        "ключ",
        word("2026-11-23"),
        word(f"2026-11-23T12:00:00+00:00|{uuid.UUID(int=1)}"),
        word("|1"),
        word("2026-11-23T12:00:00|1"),
        word("2026-11-23T12:00:00+00:00|-1"),
        word(f"2026-11-23T12:00:00+00:00|{BIGINT_MAX + 1}"),
        word(f"2026-11-23T12:00:00+00:00|{'9' * 5000}"),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
)
def test_other_words_are_ignored(written: str) -> None:
    assert parse_cursor(written) is None


def test_a_cursor_keeps_microseconds() -> None:
    """Two submissions of one millisecond must not hide each other at the end of a page."""
    at = datetime(2026, 11, 23, 12, 0, 0, 123456, tzinfo=UTC)
    assert parse_cursor(cursor(at, 1)) == (at, 1)
