import html
import re
from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.decisions.canned_replies import CannedReply, replies_for
from intake.decisions.starter_replies import starter_replies
from intake.models import Reply
from tests.web.conftest import count
from tests.web.people import Newsroom, value

NEW = {"verdict": "reject", "language": "cs", "name": "Kindly", "body": "Děkujeme.\n{title} {x}"}
SHIPPED = len(starter_replies())


def kept() -> CannedReply:
    with transaction() as session:
        return replies_for(session, "cs", "reject")[0]


def test_the_languages_and_their_replies(editor: Newsroom) -> None:
    page = editor.get("/desk/replies?language=kk").text
    assert "Қазақша" in page
    assert "Шыдамыңызға рақмет." in page
    assert "Thank you for your patience" not in page
    assert editor.get("/desk/replies?language=xx").status_code == 404
    assert "No reply in this language" in editor.get("/desk/replies?language=cs").text


def test_added_changed_and_deleted(editor: Newsroom, chief: Newsroom) -> None:
    added = editor.post("/desk/replies", **NEW)
    assert (added.status_code, added.location) == (303, "/desk/replies?language=cs")
    url = f"/desk/replies/{kept().id}"
    page = chief.get(url).text
    seen = value(page, "changed_at")
    assert chief.post(url, **{**NEW, "body": "Díky.", "changed_at": seen}).status_code == 303
    assert kept().body == "Díky."
    late = editor.post(url, **{**NEW, "body": "Mine", "changed_at": seen})
    assert late.status_code == 409
    assert "Díky." in late.text
    assert re.search(r"<textarea[^>]*>\s*Mine</textarea>", late.text)
    assert editor.post(f"{url}/deletions", changed_at=seen).status_code == 409
    assert (
        editor.post(url, **{**NEW, "body": "Mine", "changed_at": value(late.text, "changed_at")}).status_code
        == 303
    )
    assert kept().body == "Mine"
    now = value(editor.get(url).text, "changed_at")
    for _ in range(2):
        assert editor.post(f"{url}/deletions", changed_at=now).status_code == 303
    assert count(Reply) == SHIPPED
    assert editor.get(url).status_code == 404


@pytest.mark.parametrize(
    "changes",
    [
        {"name": ""},
        {"name": "\u200b"},
        {"body": " "},
        {"body": "x" * 2001},
        {"verdict": "burn"},
        {"language": "xx"},
    ],
)
def test_what_is_no_reply(editor: Newsroom, changes: dict[str, str]) -> None:
    assert editor.post("/desk/replies", **{**NEW, **changes}).status_code == 422
    assert count(Reply) == SHIPPED


def test_one_of_a_name(editor: Newsroom) -> None:
    assert editor.post("/desk/replies", **NEW).status_code == 303
    again = editor.post("/desk/replies", **NEW)
    assert again.status_code == 422
    assert "Please choose another name." in again.text


def test_a_new_one_begins_where_one_was(editor: Newsroom) -> None:
    page = editor.get("/desk/replies/new?language=kk&verdict=hold").text
    assert '<option selected value="kk">' in page
    assert '<option selected value="hold">' in page
    assert editor.get("/desk/replies/99999999999999999999999").status_code == 404


def test_beside_a_submission_those_in_its_language_come_first(
    editor: Newsroom, submitted: Callable[..., str]
) -> None:
    page = editor.get(submitted(language="kk")).text
    groups = re.findall(r'<optgroup label="([^"]+): ', page[page.index('id="reply"') :])
    assert [group for n, group in enumerate(groups) if group not in groups[:n]] == ["Қазақша", "English"]
    assert 'label="中文: ' in editor.get(submitted(language="zh-Hant")).text
    english = editor.get(submitted(language="und")).text
    assert 'label="English: ' in english


def test_without_scripts_the_chosen_one_is_in_the_field(
    editor: Newsroom, submitted: Callable[..., str]
) -> None:
    editor.post("/desk/replies", **NEW)
    url = submitted(language="cs", title="My <title>")
    page = editor.get(f"{url}?reply={kept().id}").text
    field = re.search(r'<textarea[^>]*name="message"[^>]*>\s*([^<]*)</textarea>', page)
    assert field
    assert html.unescape(field[1]) == "Děkujeme.\nMy <title> {x}"
    for unknown in ("", "0", "x", "99999999999999999999999"):
        assert editor.get(f"{url}?reply={unknown}").status_code == 200


def test_a_reply_has_a_reason_of_its_verdict(editor: Newsroom) -> None:
    editor.post("/desk/replies", **{**NEW, "code": "reject.late"})
    assert kept().code == "late"
    page = editor.get(f"/desk/replies/{kept().id}").text
    assert re.search(r'<option selected value="reject.late">', page)
    assert "Fills in with the reason “Came too late”." in editor.get("/desk/replies?language=cs").text
    seen = value(page, "changed_at")
    editor.post(f"/desk/replies/{kept().id}", **{**NEW, "code": "hold.legal", "changed_at": seen})
    assert kept().code is None


def test_the_starter_replies_have_their_reasons(editor: Newsroom) -> None:
    with transaction() as session:
        found = {one.name: one.code for one in replies_for(session, "en", "reject")}
    assert found["Came too late"] == "late"
    assert None not in found.values()
