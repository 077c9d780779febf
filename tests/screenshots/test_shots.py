"""The submission, accounts and languages that the pictures need are in the demo."""

from intake.demo.cast import CAST
from intake.demo.submissions import demo_submissions
from tests.screenshots.__main__ import FONTS
from tests.screenshots.shots import ADMIN, EDITOR, SUBMISSION, files


def test_each_page_is_shown_in_light_and_dark() -> None:
    assert len(files()) == 12
    assert files()["queue-dark.webp"] == ("queue", "dark")


def test_the_submission_is_one_of_the_demo_in_review() -> None:
    (shown,) = [submission for submission in demo_submissions() if submission.title == SUBMISSION]
    assert shown.fate == "in_review"
    assert shown.photos


def test_accounts_are_those_of_the_demo() -> None:
    roles = {member.email: member.role for member in CAST}
    assert (roles[EDITOR], roles[ADMIN]) == ("editor", "admin")


def test_fonts_are_asked_for_languages_of_the_demo() -> None:
    assert FONTS.keys() <= {submission.language for submission in demo_submissions()}
