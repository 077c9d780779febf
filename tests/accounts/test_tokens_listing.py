from intake.accounts.tokens import make_token, revoke_token, tokens
from intake.db import transaction
from intake.models import Editor, Role
from intake.models.account import ADMIN_SCOPES, DESK_SCOPES, SCOPES


def test_one_s_own_tokens_that_still_open_something_the_newest_first(
    editor: Editor, other_editor: Editor
) -> None:
    with transaction() as session:
        for name in ("First", "Second", "Third"):
            make_token(session, editor, name, ["feed"])
        make_token(session, other_editor, "Another's", ["read"])
    with transaction() as session:
        revoke_token(session, editor, tokens(session, editor, SCOPES)[1].id)
    with transaction() as session:
        found = tokens(session, editor, SCOPES)
    assert [(one.name, one.scopes, one.used_at) for one in found] == [
        ("Third", ["feed"], None),
        ("First", ["feed"], None),
    ]


def test_each_side_has_its_own(editor: Editor) -> None:
    with transaction() as session:
        person = session.get_one(Editor, editor.id)
        person.roles.append(session.query(Role).filter_by(name="admin").one())
        for name, scopes in (("Reader", ["read"]), ("Watcher", ["admin"]), ("Both", ["admin", "feed"])):
            make_token(session, person, name, scopes)
    with transaction() as session:
        assert [one.name for one in tokens(session, editor, DESK_SCOPES)] == ["Both", "Reader"]
        assert [one.name for one in tokens(session, editor, ADMIN_SCOPES)] == ["Both", "Watcher"]
