from intake.db import transaction
from intake.models import Editor, Submission
from intake.paging import Count
from intake.queue.saved_views import SavedView, save_view, views
from tests.statements import statements


def of(editor: Editor) -> list[SavedView]:
    with transaction() as session:
        return views(session, editor.id)


def test_one_s_own_come_first_and_then_what_others_share(
    in_review: Submission, editor: Editor, other_editor: Editor
) -> None:
    with transaction() as session:
        save_view(session, other_editor, "A shared one", {"language": "en"}, shared=True)
        save_view(session, other_editor, "Nobody else’s", {"language": "en"}, shared=False)
        save_view(session, editor, "River", {"q": "river"}, shared=False)
        save_view(session, editor, "Nothing", {"q": "…"}, shared=False)
    found = of(editor)
    assert [(view.name, view.mine, view.owner) for view in found] == [
        ("Nothing", True, editor.name), ("River", True, editor.name), ("A shared one", False, other_editor.name),
    ]  # fmt: skip
    assert [view.count for view in found] == [Count(0), Count(1), Count(1)]
    assert found[1].filters.q == "river"


def test_claimed_by_me_means_the_viewer(in_review: Submission, editor: Editor, other_editor: Editor) -> None:
    with transaction() as session:
        save_view(session, editor, "Claimed", {"claimed": "me"}, shared=True)
        submission = session.get_one(Submission, in_review.id)
        submission.claimed_by, submission.claimed_until = editor.id, in_review.received_at.replace(year=2999)
    assert of(editor)[0].count == Count(1)
    assert of(other_editor)[0].count == Count(0)


def test_many_views_cost_no_more_queries_than_one(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        for number in range(9):
            save_view(session, editor, f"View {number}", {"q": f"word{number}"}, shared=False)
    with statements() as sent:
        assert len(of(editor)) == 9
    assert len(sent) == 3
