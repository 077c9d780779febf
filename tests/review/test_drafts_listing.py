from intake.db import transaction
from intake.models import Editor, Submission
from intake.queue.claims import claim
from intake.review.drafts import differs, save_draft, saved_drafts
from intake.review.revise import Edit, revise


def test_a_draft_knows_whether_the_submission_has_changed_since(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    with transaction() as session:
        save_draft(session, in_review.id, editor, "edit", in_review.version, {"title": ["T"]})
        claim(session, in_review.id, other_editor)
        assert not saved_drafts(session, in_review.id, editor.id)["edit"].is_old
        revise(session, in_review.id, other_editor, in_review.version, Edit("T", "", 0))
        session.flush()
        assert saved_drafts(session, in_review.id, editor.id)["edit"].is_old


def test_a_draft_says_something_else_or_not() -> None:
    shown = {"title": ["T"], "body": ["<p>a</p>\n<p>b</p>"], "note": [""]}
    assert not differs({"title": ["T"], "body": ["<p>a</p>\r\n<p>b</p>\r\n"], "version": ["2"]}, shown)
    assert differs({"title": ["T2"]}, shown)
    assert differs({"note": ["n"]}, shown)
    assert not differs({}, shown)
