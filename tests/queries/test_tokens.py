from intake.actions.tokens import make_token, revoke_token
from intake.db import transaction
from intake.models import Editor
from intake.queries.tokens import tokens


def test_one_s_own_tokens_that_still_open_something_the_newest_first(
    editor: Editor, other_editor: Editor
) -> None:
    with transaction() as session:
        for name in ("First", "Second", "Third"):
            make_token(session, editor, name, ["feed"])
        make_token(session, other_editor, "Another's", ["read"])
    with transaction() as session:
        revoke_token(session, editor, tokens(session, editor)[1].id)
    with transaction() as session:
        found = tokens(session, editor)
    assert [(one.name, one.scopes, one.used_at) for one in found] == [
        ("Third", ["feed"], None),
        ("First", ["feed"], None),
    ]
