"""Periods in force: a shorter one has seven days' notice, unless an admin confirmed it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from intake.db import transaction
from intake.retention import NOTICE, RULES, midnight, most_days, parsed, periods
from intake.retention.steps import PeriodStep, adopt, in_force, of
from intake.settings import Settings, SettingsError, settings
from tests.retention.conftest import pass_days

Choose = Callable[..., None]


def now_in_force(rule: str = "rejected", section: str = "News") -> list[tuple[int, int]]:
    """Days of each step, and the days from now until it is in force, rounded up."""
    with transaction() as session:
        found = of(adopt(session), RULES[rule], section)
        return [(one.days, _days_until(one)) for one in found]


def _days_until(step: PeriodStep) -> int:
    from datetime import UTC, datetime

    left = step.not_before - datetime.now(UTC)
    return max(0, -(-left // timedelta(days=1)))


def test_the_defaults(app_settings: Settings) -> None:
    assert {name: days[""] for name, days in periods(settings()).items()} == {
        "rejected": 90,
        "spam": 30,
        "withdrawn": 1,
        "contact": 90,
    }


def test_days_of_sections() -> None:
    assert parsed("90, News=30,Long reads = 400") == {"": 90, "News": 30, "Long reads": 400}


@pytest.mark.parametrize("text", ["0", "90, News=0", "News=30", "ninety", "90;30", "99999"])
def test_other_periods_are_refused(app_settings: Settings, chosen: Choose, text: str) -> None:
    chosen(rejected_days=text)
    with pytest.raises(SettingsError, match="TRANSOM_REJECTED_DAYS"):
        settings()


def test_the_first_period_has_its_notice(app_settings: Settings) -> None:
    """After an upgrade, the first period may apply to submissions that are years old, so it has a notice too."""
    assert now_in_force() in ([(90, 7)], [(90, 8)])


def test_a_shorter_period_waits_beside_the_longer_one(app_settings: Settings, chosen: Choose) -> None:
    now_in_force()
    pass_days(30)
    chosen(rejected_days="10")
    assert [days for days, _ in now_in_force()] == [10, 90]
    assert next(left for _, left in now_in_force()) >= NOTICE.days
    pass_days(9)
    assert now_in_force() == [(10, 0)]


def test_an_admin_who_confirms_needs_no_notice(app_settings: Settings, chosen: Choose) -> None:
    now_in_force()
    chosen(rejected_days="10")
    with transaction() as session:
        adopt(session, at_once={"rejected"})
    assert now_in_force() == [(10, 0)]
    assert now_in_force("spam")[0][1] >= 7


def test_a_longer_period_counts_at_once(app_settings: Settings, chosen: Choose) -> None:
    now_in_force()
    pass_days(30)
    chosen(rejected_days="10")
    now_in_force()
    chosen(rejected_days="400")
    assert now_in_force() == [(400, 0)]


def test_a_period_of_a_section_has_notice_and_so_has_its_end(app_settings: Settings, chosen: Choose) -> None:
    now_in_force()
    pass_days(30)
    chosen(rejected_days="90, News=200")
    assert now_in_force() == [(200, 0)]
    assert now_in_force(section="Opinion") == [(90, 0)]
    chosen(rejected_days="90")
    assert [days for days, _ in now_in_force()] == [90, 200]


def test_readers_count_a_change_from_the_coming_night_on(app_settings: Settings, chosen: Choose) -> None:
    now_in_force()
    pass_days(30)
    chosen(rejected_days="10")
    with transaction() as session:
        (shown, _) = of(in_force(session), RULES["rejected"], "News")
        (stored, _) = of(adopt(session), RULES["rejected"], "News")
    assert shown.not_before == stored.not_before + timedelta(days=1)
    assert midnight(stored.not_before) == stored.not_before


def test_contributors_are_told_the_longest_period_of_the_sections(
    app_settings: Settings, chosen: Choose
) -> None:
    chosen(rejected_days="90, News=30, Opinion=5")
    assert most_days(settings(), "rejected", ["News", "Opinion"]) == 30
    assert most_days(settings(), "rejected", ["News", "Culture"]) == 90
    assert most_days(settings(), "rejected", ["Opinion"]) == NOTICE.days
