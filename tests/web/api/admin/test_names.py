"""API for the name of an account."""

from intake.models import Editor
from intake.web import Transom
from intake.web.forms.accounts import NO_PERSON_NAME
from tests.cast import join
from tests.web.programs import Program, token_of

PEOPLE = "/api/v1/admin/people"


def test_a_name_is_changed(app: Transom, person: Editor) -> None:
    program = Program(app.test_client(), token_of(person, "people"))
    asel = f"{PEOPLE}/{join('Asel Nurbekova', 'editor').id}"
    changed = program.put(f"{asel}/name", name="Asel  Lee")
    assert changed.status_code == 200
    assert changed.json
    assert changed.json["name"] == "Asel Lee"
    assert changed.json == program.get(asel).json
    for wrong, said in ((person.name, "A colleague has this name already."), (" ", NO_PERSON_NAME)):
        refused = program.put(f"{asel}/name", name=wrong)
        assert refused.status_code == 422
        assert said in refused.text
    assert program.put(f"{PEOPLE}/{10**9}/name", name="Nobody").status_code == 404
