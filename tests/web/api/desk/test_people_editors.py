from sqlalchemy import update

from intake.db import transaction
from intake.models import Editor
from tests.cast import join
from tests.web.programs import DESK, Program

EDITORS = "/api/v1/desk/editors"


def test_everybody_at_the_desk_by_name(program: Program, other: Program, person: Editor) -> None:
    join("Ann Admin", "admin")
    away = join("Bela Away", "editor")
    with transaction() as session:
        session.execute(update(Editor).where(Editor.id == away.id).values(active=False))
    found = program.get(EDITORS).get_json()["items"]
    assert [one["name"] for one in found] == ["Asel Nurbekova", "Tomas Havlik"]
    assert found[0]["id"] == person.id


def test_their_numbers_are_those_of_the_filter(program: Program, other: Program, url: str) -> None:
    other.put(f"{url}/claim")
    asel, tomas = (one["id"] for one in program.get(EDITORS).get_json()["items"])
    lists = [program.get(f"{DESK}?claimed={number}").get_json()["items"] for number in (asel, tomas)]
    assert [len(items) for items in lists] == [0, 1]
