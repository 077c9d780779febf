from typing import Any

import psycopg
import pytest

from intake.db import transaction
from intake.models import Editor, Role
from intake.models.account import ROLES
from tests.models.rows import NOW, ROWS, Rows, Violation

REFUSED = [
    Violation("editors", "ck_editors_email", {"email": "Asel@transom.example"}),
    Violation("editors", "ck_editors_deleted", {"deleted_at": NOW}),
    Violation("editors", "ck_editors_deleted", {"deleted_at": NOW, "active": False, "password": "hash"}),
    Violation("editors", "uq_editors_email", {"fs_uniquifier": "b"}, second=True),
    Violation("editors", "uq_editors_fs_uniquifier", {"email": "b@transom.example"}, second=True),
]


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_the_database_refuses(rows: Rows, case: Violation) -> None:
    rows.refuse(case)


@pytest.mark.parametrize(("name", "constraint"), [("owner", "ck_roles_name"), ("editor", "uq_roles_name")])
def test_the_database_refuses_a_role(rows: Rows, name: str, constraint: str) -> None:
    """The migration creates all roles, so ROWS has no row for this table."""
    assert "roles" not in ROWS
    with pytest.raises(psycopg.errors.IntegrityError) as caught:
        rows.insert("roles", name=name)
    assert caught.value.diag.constraint_name == constraint


def test_roles_of_an_account_go_with_it(connection: "psycopg.Connection[Any]", rows: Rows) -> None:
    rows.insert("editors")
    connection.execute("INSERT INTO editor_roles SELECT editors.id, roles.id FROM editors, roles")
    connection.execute("DELETE FROM editors")
    assert connection.execute("SELECT count(*) FROM editor_roles").fetchone() == (0,)


def test_a_person_may_have_several_roles_or_none(chief: Editor, outsider: Editor) -> None:
    with transaction() as session:
        person = session.get_one(Editor, chief.id)
        person.roles = [session.get_one(Role, role.id) for role in session.query(Role)]
    with transaction() as session:
        assert [role.name for role in session.get_one(Editor, chief.id).roles] == list(ROLES)
        assert session.get_one(Editor, outsider.id).roles == []


def test_a_role_has_no_permissions_of_flask_security_s_kind() -> None:
    assert Role(name="editor").get_permissions() == set()


def test_every_account_has_a_session_word_of_its_own(editor: Editor, other_editor: Editor) -> None:
    assert len(editor.fs_uniquifier) == 32
    assert editor.fs_uniquifier != other_editor.fs_uniquifier
