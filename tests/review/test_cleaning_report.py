import uuid
from dataclasses import replace

import pytest

from intake.db import transaction
from intake.errors import NotFound
from intake.review import cleaning_report
from intake.review.cleaning_report import Cleaning, cleaning
from intake.storage import files
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
    contributor.submit(body="<p " + "x " * 5_000 + ">a\u200bb<!-- c -->", format="html")
    run_jobs()
    removed = "".join(gone(look(contributor.submission_id))["Text"])
    assert removed.startswith(" x x x")
    assert "⟨U+200B zero width space⟩" in removed
    assert "!-- c --" in removed


def test_plain_text_is_held_against_its_cleaned_text(contributor: Contributor, run_jobs: RunJobs) -> None:
    contributor.submit(body="See https://example.org/?utm_source=x for\u200b more.")
    run_jobs()
    assert gone(look(contributor.submission_id)) == {"Text": ["?utm_source=x", "⟨U+200B zero width space⟩"]}
    assert look(contributor.submission_id).not_compared == ""


@pytest.mark.parametrize(
    ("typed", "kind", "document", "removed", "not_compared"),
    [
        ("", "plain", b"Words", {}, cleaning_report.DOCUMENT),
        ("Typed\u200b.", "plain", "Words\u200b".encode(), {"Text": ["⟨U+200B zero width space⟩"]}, cleaning_report.DOCUMENT),
        ("<p class=x>Typed</p><hr>", "html", b"Words", {"Text": [" class=x"]}, cleaning_report.DOCUMENT),
        (
            '<p>A<a href="#_ftn1" name="_ftnref1">[1]</a></p><p><a href="#_ftnref1" name="_ftn1">[1]</a> Note</p>',
            "html", b"Words", {}, cleaning_report.MIXED,
        ),
        ("Typed\u200b.", "plain", b"%PDF-1.3", {"Text": ["⟨U+200B zero width space⟩"]}, ""),
    ],
    ids=["only a document", "plain text", "HTML", "footnotes", "refused document"],
)  # fmt: skip
def test_words_of_a_document_are_left_out_and_the_page_says_so(
    contributor: Contributor,
    run_jobs: RunJobs,
    typed: str,
    kind: str,
    document: bytes,
    removed: dict[str, list[str]],
    not_compared: str,
) -> None:
    draft = contributor.draft(body=typed, format=kind)
    files().put(f"quarantine/{draft.id}/{draft.id}", document, draft.key)
    contributor.send(replace(draft, document=".txt"))
    run_jobs()
    found = look(contributor.submission_id)
    assert gone(found) == removed
    assert found.not_compared == not_compared
    assert not any(change.kind == "new" for one in found.fields for change in one.changes)


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
