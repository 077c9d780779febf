import uuid

import pytest

from intake.db import transaction
from intake.errors import NotFound
from intake.review.cleaning_report import Cleaning, cleaning
from intake.submissions.removal import withdraw
from tests.cast import Contributor, RunJobs
from tests.photos.made import encoded, scene


def look(submission_id: uuid.UUID) -> Cleaning:
    with transaction() as session:
        return cleaning(session, submission_id)


def gone(found: Cleaning) -> dict[str, list[str]]:
    return {one.field: [c.text for c in one.changes if c.kind == "gone"] for one in found.fields}


def test_every_changed_field_shows_its_difference(contributor: Contributor, run_jobs: RunJobs) -> None:
    draft = contributor.draft(encoded(scene(32, 32), "JPEG"), title="A\u202etitle", print_name="As\u200bel")
    object.__setattr__(draft.photos[0], "caption", "The\u2060 door")
    contributor.send(draft)
    run_jobs()
    found = look(contributor.submission_id)
    assert (found.title, found.language) == ("Atitle", "en")
    assert gone(found) == {
        "Title": ["⟨U+202E right-to-left override⟩"],
        "Name to print": ["⟨U+200B zero width space⟩"],
        "Caption of photo 1": ["⟨U+2060 word joiner⟩"],
    }


def test_html_is_held_against_html(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(body="<p onclick=x()>Hello</p><p>you</p>", format="html")
    run_jobs()
    assert gone(look(contributor.submission_id)) == {"Text": [" onclick=x()"]}


def test_html_that_is_shown_as_text_is_held_against_that(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(body="<ul><li>" * 300 + "a\u200bb", format="html")
    run_jobs()
    assert gone(look(contributor.submission_id)) == {"Text": ["⟨U+200B zero width space⟩"]}


def test_unchanged_fields_are_left_out(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(body="One.\r\nTwo.")
    run_jobs()
    assert look(contributor.submission_id).fields == []


def test_what_is_not_clean_yet_or_gone_is_not_shown(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit()
    for submission_id in (contributor.submission_id, uuid.uuid4()):
        with pytest.raises(NotFound):
            look(submission_id)
    run_jobs()
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with pytest.raises(NotFound):
        look(contributor.submission_id)
