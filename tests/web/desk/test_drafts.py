import html
from collections.abc import Callable

import pytest

from intake.models import Draft
from intake.web.desk.drafts import SMALL
from tests.web.conftest import count
from tests.web.people import Newsroom, value

TYPED = {"version": "2", "title": "Typed", "body": "<p>Typed words.</p>", "tags": "a, b"}


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission that waits, in version 2."""
    return submitted()


def save(somebody: Newsroom, url: str, kind: str = "edit", **fields: str) -> int:
    return somebody.post(f"{url}/drafts/{kind}", **(fields or TYPED)).status_code


def test_what_is_typed_is_offered_again_before_anything_else(editor: Newsroom, url: str) -> None:
    assert save(editor, url) == 204
    offer = editor.get(f"{url}/revisions/new").text
    assert "Unsaved draft" in offer
    assert "Typed" in offer
    assert "<textarea" not in offer
    page = html.unescape(editor.get(f"{url}/revisions/new?draft=use").text)
    assert "Typed</textarea>" in page
    assert "<p>Typed words.</p>" in page
    assert 'value="a, b"' in page
    assert value(page, "version") == "2"


def test_drafts_are_one_s_own(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    save(editor, url)
    assert "Typed" not in other_editor.get(f"{url}/revisions/new").text


def test_a_draft_that_says_nothing_else_is_not_offered(editor: Newsroom, url: str) -> None:
    save(editor, url, version="2", title="What I saw")
    assert "Unsaved draft" not in editor.get(f"{url}/revisions/new").text


def test_sending_the_form_ends_its_draft(editor: Newsroom, url: str) -> None:
    save(editor, url)
    assert editor.post(f"{url}/revisions", **TYPED).status_code == 303
    assert count(Draft) == 0


def test_it_can_be_thrown_away(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    save(editor, url)
    save(other_editor, url)
    answer = editor.post(f"{url}/drafts/edit/discards")
    assert (answer.status_code, answer.location) == (303, f"{url}/revisions/new")
    assert count(Draft) == 1
    assert editor.post(f"{url}/drafts/note/discards").location == url


def test_a_draft_of_an_older_page_says_so_and_is_met_with_both_side_by_side(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    save(editor, url)
    other_editor.post(f"{url}/revisions", version="2", title="Theirs")
    assert "has changed since then" in editor.get(f"{url}/revisions/new").text
    page = editor.get(f"{url}/revisions/new?draft=use").text
    answer = editor.post(f"{url}/revisions", **(TYPED | {"version": value(page, "version")}))
    assert answer.status_code == 409


def test_an_edit_that_came_too_late_is_a_draft_without_any_script(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    other_editor.post(f"{url}/revisions", version="2", title="Theirs")
    assert editor.post(f"{url}/revisions", **TYPED).status_code == 409
    assert "Typed" in editor.get(f"{url}/revisions/new").text


@pytest.mark.parametrize(
    ("kind", "field"), [("decision", "message"), ("message", "letter"), ("note", "note")]
)
def test_other_forms_are_offered_what_was_typed_on_the_submission_s_page(
    editor: Newsroom, url: str, kind: str, field: str
) -> None:
    assert save(editor, url, kind, version="2", **{field: "Half a sent"}) == 204
    page = editor.get(url).text
    assert f'data-draft-offer="{kind}"' in page
    assert "Half a sent" not in page
    used = editor.get(f"{url}?draft={kind}").text
    assert "Half a sent</textarea>" in used
    assert "data-draft-offer" not in used


def test_a_decision_that_is_sent_ends_its_draft(editor: Newsroom, url: str) -> None:
    save(editor, url, "decision", version="2", message="Half")
    assert editor.post(f"{url}/decisions", version="2", verdict="accept").status_code == 303
    assert count(Draft) == 0


@pytest.mark.parametrize("version", ["", "x", "0", str(2**31)])
def test_a_draft_says_of_which_version_it_is(editor: Newsroom, url: str, version: str) -> None:
    assert save(editor, url, version=version, title="T") == 422
    assert count(Draft) == 0


def test_there_is_a_draft_of_what_there_is_a_form_for(editor: Newsroom, url: str) -> None:
    assert save(editor, url, "letter") == 404
    assert editor.post(f"{url}/drafts/letter/discards").status_code == 404


def test_a_draft_has_a_limit(editor: Newsroom, url: str) -> None:
    assert save(editor, url, "note", version="2", note="x" * SMALL) == 413
    assert save(editor, url, "edit", version="2", body="x" * SMALL) == 204


def test_what_the_database_does_not_take_does_not_cost_the_rest(editor: Newsroom, url: str) -> None:
    assert save(editor, url, version="2", title="a\0b") == 204
    assert "ab" in editor.get(f"{url}/revisions/new").text


def test_attacks_in_a_draft_are_text(editor: Newsroom, url: str) -> None:
    attack = "<script>alert(1)</script>"
    save(editor, url, version="2", title=attack, body=f"<p>{html.escape(attack)}</p>{attack}", tags=attack)
    for page in (f"{url}/revisions/new", f"{url}/revisions/new?draft=use"):
        assert attack not in editor.get(page).text


def test_a_new_token_is_for_those_who_are_logged_in(editor: Newsroom, anonymous: Newsroom, url: str) -> None:
    found = editor.get("/account/token")
    assert found.headers["Cache-Control"] == "no-store"
    fields = TYPED | {"csrf_token": found.get_json()["csrf_token"]}
    assert editor.client.post(f"{url}/drafts/edit", data=fields).status_code == 204
    assert anonymous.get("/account/token").status_code == 303
    assert save(anonymous, url) == 403
    assert editor.client.post(f"{url}/drafts/edit", data=TYPED).status_code == 400
