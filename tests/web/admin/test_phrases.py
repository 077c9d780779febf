from tests.web.people import Newsroom, value


def save(admin: Newsroom, body: str, version: str) -> int:
    return admin.post("/admin/phrases", body=body, version=version).status_code


def test_the_list_is_kept_with_its_versions(admin: Newsroom) -> None:
    assert save(admin, "buy followers", "0") == 303
    assert save(admin, "buy followers\ncrypto bonus", "1") == 303
    page = admin.get("/admin/phrases").text
    assert "buy followers\ncrypto bonus</textarea>" in page.replace("\r", "")
    assert value(page, "version") == "2"
    assert page.count("by <bdi>") == 2


def test_a_list_that_another_admin_has_changed_is_not_replaced(admin: Newsroom) -> None:
    save(admin, "one", "0")
    answer = admin.post("/admin/phrases", body="two", version="0")
    assert answer.status_code == 409
    assert "two</textarea>" in answer.text
    assert "Another admin has changed the list" in answer.text
    assert save(admin, "two", value(answer.text, "version")) == 303


def test_a_list_has_limits(admin: Newsroom) -> None:
    answer = admin.post("/admin/phrases", body="...", version="0")
    assert answer.status_code == 422
    assert "has no word to search for" in answer.text


def test_editors_do_not_change_it(editor: Newsroom) -> None:
    assert editor.get("/admin/phrases").status_code == 403
    assert save(editor, "one", "0") == 403
