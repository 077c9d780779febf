import html
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from intake.db import transaction
from intake.models import Event, Presence
from intake.queue import presence
from tests.web.people import Newsroom

ME, OTHER_PAGE = {"doing": "editing", "page": "1", "busy": "y", "base": "1"}, {"page": "2"}


@pytest.fixture
def url(submitted: Callable[..., str]) -> str:
    """Submission that waits, in version 2 and revision 1."""
    return submitted()


def kept(who: Newsroom, url: str, **fields: str) -> str:
    """Report that a person edits. Returns who asked to edit alone: "me", "other" or ""."""
    answer = who.post(f"{url}/presence", **(ME | fields)).json
    assert answer is not None
    return str(answer["kept"])


def test_a_page_to_edit_hears_of_others_and_of_what_they_saved(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    editor.post(f"{url}/presence", doing="editing")
    first = other_editor.post(f"{url}/presence", **ME).json
    assert first is not None
    assert (first["kept"], first["revision"], first["saved"]) == ("", 1, None)
    assert "<bdi>Asel Nurbekova</bdi>: editing" in first["here"]
    editor.post(f"{url}/revisions", version="2", title="T", body="<p>They left by day.</p>", note="Why <b>")
    then = other_editor.post(f"{url}/presence", **ME).json
    assert then is not None
    assert then["revision"] == 2
    assert "Asel Nurbekova</bdi>: revision 2" in then["saved"]
    assert "Why &lt;b&gt;" in then["saved"]
    assert "[added: " in then["saved"]
    again = other_editor.post(f"{url}/presence", shown="2", **ME).json
    assert again is not None
    assert (again["revision"], again["saved"]) == (2, None)


def test_the_page_says_without_a_script_who_else_is_there(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    assert "Nobody else has this text open." in editor.get(f"{url}/revisions/new").text
    other_editor.post(f"{url}/presence", doing="editing")
    page = editor.get(f"{url}/revisions/new").text
    assert ": editing</span>" in page
    assert "data-together-keep" in page


@pytest.mark.parametrize("base", ["", "0", "-1", "x", "99", str(2**31)])
def test_a_base_that_is_no_revision(editor: Newsroom, url: str, base: str) -> None:
    answer = editor.post(f"{url}/presence", **(ME | {"base": base}))
    assert answer.status_code == 200
    assert answer.json
    assert not answer.json.get("saved")


def test_the_text_is_kept_to_one_and_let_go(editor: Newsroom, other_editor: Newsroom, url: str) -> None:
    assert kept(editor, url, keep="start") == "me"
    assert kept(editor, url, keep="on") == "me"
    assert kept(other_editor, url, keep="start") == "other"
    assert kept(editor, url) == ""
    assert kept(other_editor, url, keep="start") == "me"
    with transaction() as session:
        assert session.scalars(select(func.count()).where(Event.name == "text.kept")).one() == 2
    assert "Asked to be left alone with the text while editing" in editor.get(url).text


def test_it_is_let_go_when_the_page_is_closed_and_not_when_another_is(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    kept(editor, url, keep="start")
    editor.post(f"{url}/presence", doing="gone", page="2")
    editor.post(f"{url}/presence", doing="reading", page="2")
    assert kept(editor, url, **OTHER_PAGE) == "me"
    assert kept(other_editor, url) == "other"
    editor.post(f"{url}/presence", doing="gone", page="1")
    assert kept(other_editor, url) == ""


def test_it_is_let_go_after_a_while_without_typing(
    editor: Newsroom, other_editor: Newsroom, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(editor, url, keep="start")
    with transaction() as session:
        session.execute(update(Presence).values(keeps_until=func.now() + timedelta(seconds=90)))
    kept(editor, url, keep="on", busy="")
    with transaction() as session:
        assert session.scalars(select(Presence.keeps_until < func.now() + timedelta(minutes=2))).one()
    kept(editor, url, keep="on")
    with transaction() as session:
        assert session.scalars(select(Presence.keeps_until > func.now() + timedelta(minutes=4))).one()
        session.execute(update(Presence).values(keeps_until=func.now()))
    assert kept(other_editor, url) == ""
    # After it has expired, `keep=on` does not renew the request to edit alone. Only `start` does.
    assert kept(editor, url, keep="on") == ""
    kept(editor, url, keep="start")
    monkeypatch.setattr(presence, "HIDDEN_AFTER", timedelta(0))
    assert kept(other_editor, url) == ""


def test_others_are_asked_once_and_may_edit_all_the_same(
    editor: Newsroom, other_editor: Newsroom, url: str
) -> None:
    kept(editor, url, keep="start")
    assert "data-together" in editor.get(f"{url}/revisions/new").text
    asked = other_editor.get(f"{url}/revisions/new").text
    assert "Asel Nurbekova is editing this text" in asked
    assert '<form class="edit' not in asked
    assert f'href="{url}/revisions/new?all-the-same=y"' in html.unescape(asked)
    page = other_editor.get(f"{url}/revisions/new?all-the-same=y").text
    assert 'class="edit ' in page
    assert "is editing this text</strong>" in page
    assert 'class="edit ' in other_editor.get(f"{url}/revisions/new").text
    saved = other_editor.post(f"{url}/revisions", version="2", base="1", title="T", body="<p>Mine.</p>")
    assert saved.status_code == 303
    # A new request to edit alone makes the page ask again.
    kept(editor, url)
    kept(editor, url, keep="start")
    assert "Asel Nurbekova is editing this text" in other_editor.get(f"{url}/revisions/new").text
