from collections.abc import Callable

from intake.audit import heads, linking
from intake.db import transaction
from intake.web import Transom
from tests.cast import join
from tests.web.conftest import at_the_desk
from tests.web.people import Newsroom

PAGE = "/desk/chain"


def link() -> str:
    linking.link_all()
    with transaction() as session:
        return str(heads.current(session))


def test_a_chief_sees_the_head_and_how_to_check_it(chief: Newsroom, editor: Newsroom) -> None:
    head = link()
    page = chief.get(PAGE).text
    assert f'id="head" translate="no" dir="ltr">{head}</p>' in page
    assert f"transom audit verify --head {head}" in page
    assert 'data-copy="head"' in page
    assert "This desk sends no mail at present." in page
    assert f'href="{PAGE}"' in chief.get("/desk/me").text


def test_editors_do_not_see_it(editor: Newsroom) -> None:
    assert editor.get(PAGE).status_code == 403
    assert PAGE not in editor.get("/desk/me").text


def test_before_the_first_event_there_is_no_head(app: Transom, chief: Newsroom) -> None:
    page = chief.get(PAGE).text
    assert "No event is linked yet." in page
    assert "data-copy" not in page


def test_whether_it_comes_by_mail(made: Callable[..., Transom]) -> None:
    chief = at_the_desk(made(smtp_url="smtp://127.0.0.1:25"), join("Miriam Osei", "chief"))
    assert "You get a head by mail every week." in chief.get(PAGE).text
    chief.post("/desk/me", shortcuts="y")
    assert "you have turned mail off" in chief.get(PAGE).text
