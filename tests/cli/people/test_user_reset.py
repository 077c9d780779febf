from intake.db import transaction
from intake.models import Editor
from tests.accounts.factors_of import notices, set_up_app
from tests.cli.commands import sentence, transom


def test_50_whoever_has_the_server_resets_a_factor_at_once(editor: Editor, chief: Editor) -> None:
    set_up_app(editor.id)
    result = transom("user", "reset-factor", editor.email.upper(), "--yes")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("The second factors of Asel Nurbekova are removed")
    with transaction() as session:
        assert session.get_one(Editor, editor.id).factor_since is None
    assert notices(editor.id)[-1] == notices(chief.id)[-1] == "reset_done"


def test_50_whoever_has_the_server_resets_the_password_of_a_chief_at_once(
    chief: Editor, admin: Editor
) -> None:
    with transaction() as session:
        session.get_one(Editor, chief.id).password = "hash"
    result = transom("user", "reset-password", chief.email, "--yes")
    assert result.exit_code == 0, result.output
    assert "/welcome/" in result.stdout.splitlines()[-1]
    with transaction() as session:
        assert session.get_one(Editor, chief.id).password is None
    assert notices(chief.id) == notices(admin.id) == ["reset_done"]


def test_there_has_to_be_something_to_reset(editor: Editor) -> None:
    no_factor = transom("user", "reset-factor", editor.email, "--yes")
    assert no_factor.exit_code == 1
    assert sentence(no_factor) == "Asel Nurbekova has no second factor."
    nobody = transom("user", "reset-password", "nobody@transom.example", "--yes")
    assert sentence(nobody) == "There is no account with the address nobody@transom.example."


def test_they_ask_first(editor: Editor) -> None:
    set_up_app(editor.id)
    with transaction() as session:
        session.get_one(Editor, editor.id).password = "hash"
    for command in ("reset-factor", "reset-password"):
        assert transom("user", command, editor.email, stdin="n\n").exit_code == 1
    with transaction() as session:
        found = session.get_one(Editor, editor.id)
        assert found.password == "hash"
        assert found.factor_since is not None
