import html
import re

from intake.models import View
from tests.web.conftest import count
from tests.web.people import Newsroom


def saved(somebody: Newsroom, name: str = "Kazakh", **words: str) -> int:
    """Save a view. Returns its id."""
    answer = somebody.post("/desk/views", name=name, **({"language": "kk", "lane": "ours"} | words))
    assert answer.status_code == 303, answer.text
    page = somebody.get("/desk/views").text
    return max(map(int, re.findall(r'action="/desk/views/(\d+)"', page)))


def test_a_view_is_saved_and_leads_back_to_what_was_seen(editor: Newsroom) -> None:
    answer = editor.post("/desk/views", name="Kazakh, ours", language="kk", lane="ours", hours="5")
    assert answer.status_code == 303
    assert answer.location == "/desk/?lane=ours&sort=waiting&language=kk&hours=5"
    page = html.unescape(editor.get(answer.location).text)
    assert "Saved as “Kazakh, ours”." in page
    assert re.search(r'saved__link" href="/desk/\?lane=ours[^"]*" aria-current="page"', page)


def test_others_see_it_only_if_it_is_shared(editor: Newsroom, other_editor: Newsroom) -> None:
    saved(editor, "Mine alone")
    saved(editor, "For all", shared="y")
    page = other_editor.get("/desk/views").text
    assert "Mine alone" not in page
    assert "For all" in page
    assert "Shared by <bdi>Asel Nurbekova</bdi>" in page
    assert 'action="/desk/views/' not in page


def test_it_can_be_renamed_shared_and_deleted(editor: Newsroom) -> None:
    number = saved(editor)
    assert editor.post(f"/desk/views/{number}", name="Қазақша", shared="y").status_code == 303
    page = editor.get("/desk/views").text
    assert "Қазақша" in page
    assert "Yours, shown to everybody" in page
    assert editor.post(f"/desk/views/{number}/removals").status_code == 303
    assert "No views yet" in editor.get("/desk/views").text


def test_a_name_that_is_taken_keeps_what_was_typed(editor: Newsroom) -> None:
    saved(editor)
    answer = editor.post("/desk/views", name="Kazakh", tag="x")
    assert answer.status_code == 422
    assert "You already have a view with this name" in answer.text
    assert 'value="Kazakh"' in answer.text
    assert 'name="tag" value="x"' in answer.text
    other = saved(editor, "Other")
    answer = editor.post(f"/desk/views/{other}", name="Kazakh")
    assert (answer.status_code, "You already have a view with this name" in answer.text) == (422, True)


def test_a_view_needs_a_name(editor: Newsroom) -> None:
    for name in ("", "  ", "\u200b", "x" * 61):
        assert editor.post("/desk/views", name=name).status_code == 422
    number = saved(editor)
    assert editor.post(f"/desk/views/{number}", name="").status_code == 422
    assert count(View) == 1


def test_nobody_touches_what_is_somebody_else_s(editor: Newsroom, other_editor: Newsroom) -> None:
    number = saved(editor, shared="y")
    assert other_editor.post(f"/desk/views/{number}", name="Mine").status_code == 404
    assert other_editor.post(f"/desk/views/{number}/removals").status_code == 404


def test_twenty_are_enough(editor: Newsroom) -> None:
    for i in range(20):
        saved(editor, f"View {i}")
    answer = editor.post("/desk/views", name="One more")
    assert (answer.status_code, "which is the limit" in answer.text) == (422, True)
