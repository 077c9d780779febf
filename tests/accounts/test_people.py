from intake.accounts.invitations import record_login, set_password
from intake.accounts.people import people
from intake.db import transaction
from intake.models import Editor


def test_everybody_by_name(chief: Editor, editor: Editor, outsider: Editor) -> None:
    with transaction() as session:
        set_password(session, session.get_one(Editor, chief.id), "hash")
        record_login(session, chief.id)
    with transaction() as session:
        found = people(session)
    assert [person.name for person in found] == [editor.name, chief.name, outsider.name]
    assert [person.roles for person in found] == [["editor"], ["chief"], []]
    assert [person.invited for person in found] == [True, False, True]
    assert [person.last_login_at is not None for person in found] == [False, True, False]
    assert {person.active for person in found} == {True}
    assert found[0].email == editor.email
