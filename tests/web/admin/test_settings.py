"""The page of settings, its versions, the logo, and the test message."""

import html
import re
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from PIL import Image

from intake.db import transaction
from intake.magazine import chosen, setting_versions
from intake.magazine.setting_versions import ChoiceVersion
from intake.settings import Settings
from intake.web import Transom
from tests.cast import RunJobs
from tests.post_office import PostOffice
from tests.web.bodies import MULTIPART, File, multipart
from tests.web.people import Contributor, Newsroom, value

PAGE = "/admin/settings"


def fields(page: str) -> dict[str, object]:
    """Return name → values of the form, as a browser would send it."""
    found: dict[str, object] = {}
    languages = []
    main = page[page.index('<form class="settings"') : page.index('id="mail-test-form"')]
    for tag in re.findall(r"<input[^>]*>", main):
        attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        name, kind = attributes.get("name", ""), attributes.get("type")
        if kind == "checkbox" and not re.search(r"\schecked", tag):
            continue
        if name == "languages":
            languages.append(attributes["value"])
        elif name:
            found[name] = html.unescape(attributes.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)">(.*?)</select>', main, re.DOTALL):
        chosen_ = re.search(r'value="(\w+)" selected', options)
        assert chosen_
        found[name] = chosen_[1]
    found.pop("csrf_token")
    return found | {"languages": languages, "new_sections": ""}


def current() -> ChoiceVersion:
    with transaction() as session:
        return setting_versions.current(session)


def save(admin: Newsroom, **changed: object) -> int:
    return admin.post(PAGE, **{**fields(admin.get(PAGE).text), **changed}).status_code


def test_saving_the_page_as_it_is_changes_nothing(admin: Newsroom) -> None:
    assert save(admin) == 303
    assert "Nothing has changed." in admin.get(PAGE).text
    assert current().number == 0


def test_contributors_see_a_change(admin: Newsroom, contributor: Contributor) -> None:
    assert "Opinion" in contributor.client.get("/send").text
    hidden = {"sections-5-state": "hidden", "sections-0-place": "3"}
    assert save(admin, magazine="The Lantern", languages=["en", "kk"], new_sections="Poems", **hidden) == 303
    page = contributor.client.get("/send").text
    assert "· The Lantern</title>" in page
    sections = re.findall(r'<option[^>]* value="([A-Z][^"]*)"', page)
    assert sections == ["Analysis", "News", "Interview", "Testimony", "Photo report", "Poems"]
    assert re.findall(r'hreflang="([^"]+)"', page) == ["en", "kk"]
    assert (
        "Қазақша"
        in contributor.client.get("/", headers={"Accept-Language": "fr, kk"}, follow_redirects=True).text
    )
    # Pages in a language that is no longer offered can still be opened by their URL.
    assert 'lang="fr"' in contributor.client.get("/fr/send").text
    assert contributor.call(section="Opinion").status_code == 422
    assert contributor.call(section="Poems").status_code == 201
    document = contributor.client.get("/api/v1/openapi.json").text
    assert "Poems" in document


def test_the_desk_still_knows_a_hidden_section(admin: Newsroom, editor: Newsroom) -> None:
    save(admin, **{"sections-5-state": "hidden"})
    assert '<option value="Opinion">' in editor.get("/desk/").text


def test_rules_of_sections(admin: Newsroom) -> None:
    save(admin, overdue="48", **{"sections-0-two": "y", "sections-1-hours": "24"})
    assert current().choices == {"two_approvals": "News", "overdue_hours": "48,Analysis=24"}
    page = admin.get(PAGE).text
    assert fields(page)["sections-1-hours"] == "24"
    assert fields(page)["sections-0-two"] == "y"


def test_a_section_with_submissions_cannot_be_removed(admin: Newsroom, contributor: Contributor) -> None:
    contributor.call(section="News")
    page = admin.get(PAGE).text
    assert "1 submission<" in page
    assert page.count('value="removed"') == 5
    answer = admin.post(PAGE, **{**fields(page), "sections-0-state": "removed"})
    assert answer.status_code == 422
    assert "Submissions are in these sections: News (1). Hide them instead." in answer.text
    assert save(admin, **{"sections-5-state": "removed"}) == 303
    assert "Opinion" not in admin.get(PAGE).text


def test_all_errors_stand_beside_their_fields_and_the_text_is_kept(admin: Newsroom) -> None:
    wrong = {
        "magazine": "",
        "digest_hours": "7,99",
        "smtp_host": "two words",
        "mail_from": "nobody",
        "draft_days": "0",
        "sections-0-place": "0",
        "new_sections": "A, B",
    }
    answer = admin.post(PAGE, **{**fields(admin.get(PAGE).text), **wrong, "undo_seconds": "7"})
    assert answer.status_code == 422
    for name in ("magazine", "digest_hours", "smtp_host", "mail_from", "draft_days", "new_sections"):
        assert f'id="{name}-error"' in answer.text, name
    assert 'id="sections-0-place-error"' in answer.text
    assert 'value="two words"' in answer.text
    assert "A, B</textarea>" in answer.text
    assert current().number == 0


def test_nothing_typed_is_lost_when_somebody_else_has_saved(admin: Newsroom) -> None:
    before = fields(admin.get(PAGE).text)
    save(admin, magazine="The Lantern")
    answer = admin.post(PAGE, **{**before, "magazine": "The Window", "draft_days": "9"})
    assert answer.status_code == 409
    assert "saved version 1" in answer.text
    words = re.sub(r"<[^>]+>|\s+", " ", answer.text)
    assert re.search(r"The Transom +→ +The Lantern", words)
    assert re.search(r"The Lantern +→ +The Window", words)
    assert re.search(r"7 days +→ +9 days", words)
    typed = fields(answer.text)
    assert (typed["magazine"], typed["draft_days"], typed["version"]) == ("The Window", "9", "1")
    assert admin.post(PAGE, **typed).status_code == 303
    assert current().choices == {"magazine": "The Window", "draft_days": "9"}


def test_a_version_is_restored(admin: Newsroom) -> None:
    assert "No versions yet" in admin.get(f"{PAGE}/history").text
    save(admin, magazine="The Lantern")
    save(admin, magazine="The Window")
    listed = admin.get(f"{PAGE}/history").text
    assert listed.count("In force") == 1
    assert f'href="{PAGE}/versions/1"' in listed
    page = admin.get(f"{PAGE}/versions/1").text
    assert "What would change" in page
    assert admin.post(f"{PAGE}/versions/1", version=value(page, "version")).status_code == 303
    assert current().choices == {"magazine": "The Lantern"}
    assert "by restoring version 1" in admin.get(f"{PAGE}/history").text
    assert "These settings are in force now." in admin.get(f"{PAGE}/versions/3").text
    again = admin.post(f"{PAGE}/versions/2", version="2")
    assert (again.status_code, again.location) == (303, f"{PAGE}/versions/2")
    assert "Somebody else has saved the settings" in admin.get(again.location).text
    assert admin.get(f"{PAGE}/versions/9").status_code == 404


def test_what_the_machine_sets_is_read_only(admin: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    page = admin.get(PAGE).text
    assert "Set by <code>TRANSOM_UNDO_SECONDS</code> on the machine" in page
    assert 'name="undo_seconds"' not in page
    for name, text in {
        "TRANSOM_MAGAZINE": "Machine",
        "TRANSOM_SECTIONS": "One,Two",
        "TRANSOM_FORM_LANGUAGES": "en",
        "TRANSOM_TWO_APPROVALS": "One",
        "TRANSOM_OVERDUE_HOURS": "7",
        "TRANSOM_DRAFT_DAYS": "3",
        "TRANSOM_SMTP_URL": "smtp://a:secret@mail.example.org",
        "TRANSOM_MAIL_FROM": "desk@example.org",
        "TRANSOM_DIGEST_HOURS": "5",
        "TRANSOM_HOURLY_BUDGET": "9",
    }.items():
        monkeypatch.setenv(name, text)
        page = admin.get(PAGE).text
        assert f"<code>{name}</code>" in page, name
    assert "secret" not in page
    assert admin.post(PAGE, **fields(page), magazine="Other").status_code == 303
    assert current().number == 0


def test_mail_fields_make_an_address_and_keep_the_password(admin: Newsroom) -> None:
    server = {"smtp_host": "Mail.example.org", "smtp_port": "465", "smtp_user": "desk@example.org"}
    save(admin, **server, smtp_password="p:/@")
    page = admin.get(PAGE).text
    assert "p:/@" not in page
    assert 'value="mail.example.org"' in page
    assert save(admin, mail_from="desk@example.org") == 303
    chosen.forget()
    chosen.refresh()
    assert _settings().smtp_url == "smtps://desk%40example.org:p%3A%2F%40@mail.example.org:465"
    typed = {**fields(admin.get(PAGE).text), "smtp_host": "evil.example.org"}
    answer = admin.post(PAGE, **typed)
    assert answer.status_code == 422
    assert 'id="smtp_password-error"' in answer.text
    assert save(admin, smtp_host="") == 303
    assert "smtp_url" not in current().choices


def _settings() -> Settings:
    from intake.settings import settings

    return settings()


def test_a_test_message_says_what_became_of_it(
    admin: Newsroom, post_office: PostOffice, run_jobs: RunJobs
) -> None:
    assert "No mail server is set" in admin.get(PAGE).text
    save(admin, magazine="The Lantern", smtp_host="127.0.0.1", smtp_port=str(post_office.port))
    chosen.forget()
    assert "You have not tried it yet." in admin.get(PAGE).text
    assert admin.post(f"{PAGE}/mail-tests").location.endswith("/admin/settings#mail-test")
    assert "A worker sends it." in admin.get(PAGE).text
    assert run_jobs() == ["notify.test"]
    ((to, message),) = post_office.mails
    assert "daniel@transom.example" in to
    assert "test message of The Lantern" in str(message.get_payload())
    assert "the mail server took the message" in admin.get(PAGE).text
    post_office.refused.add("daniel@transom.example")
    admin.post(f"{PAGE}/mail-tests")
    run_jobs()
    assert "The mail server refused this message." in admin.get(PAGE).text
    save(admin, smtp_port="1")
    chosen.forget()
    admin.post(f"{PAGE}/mail-tests")
    run_jobs()
    assert "The mail server does not answer" in admin.get(PAGE).text


def picture(size: tuple[int, int] = (900, 200)) -> bytes:
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "CNRYlogo"
    Image.new("RGB", size, "red").save(out, "PNG", exif=exif)
    return out.getvalue()


def upload(admin: Newsroom, data: bytes, version: str | None = None) -> int:
    number = version or value(admin.get(f"{PAGE}/logo").text, "version")
    body = multipart({"csrf_token": admin.token(), "version": number}, [File("file", data)])
    return admin.client.post(f"{PAGE}/logo", data=body, content_type=MULTIPART).status_code


def test_the_logo_is_cleaned_shown_to_everybody_and_removed(
    admin: Newsroom, contributor: Contributor
) -> None:
    assert upload(admin, picture()) == 303
    page = contributor.client.get("/send").text
    found = re.search(r'src="(/logo/[0-9a-f]{64})"', page)
    assert found
    answer = contributor.client.get(found[1])
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert "immutable" in answer.headers["Cache-Control"]
    assert "Set-Cookie" not in answer.headers
    assert b"CNRYlogo" not in answer.data
    assert Image.open(BytesIO(answer.data)).size == (640, 142)
    number = value(admin.get(f"{PAGE}/logo").text, "version")
    assert upload(admin, picture((8, 8)), "0") == 303
    assert "Somebody else has saved the settings" in admin.get(f"{PAGE}/logo").text
    assert admin.post(f"{PAGE}/logo-removal", version=number).status_code == 303
    assert "/logo/" not in contributor.client.get("/send").text


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Please choose a picture."),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is a drawing, which cannot be cleaned."),
        (b"words", "We do not recognise this file as a photo."),
        (bytes(900_001), "This file is too large."),
    ],
)
def test_a_file_that_is_no_logo_is_refused(admin: Newsroom, data: bytes, said: str) -> None:
    body = multipart({"csrf_token": admin.token(), "version": "0"}, [File("file", data)])
    answer = admin.client.post(f"{PAGE}/logo", data=body, content_type=MULTIPART)
    assert answer.status_code == 422
    assert said in answer.text
    assert current().number == 0


def test_an_unknown_logo_is_not_found(contributor: Contributor) -> None:
    assert contributor.client.get(f"/logo/{'0' * 64}").status_code == 404


@pytest.mark.parametrize(
    "address", [PAGE, f"{PAGE}/versions/1", f"{PAGE}/mail-tests", f"{PAGE}/logo-removal"]
)
def test_a_change_needs_a_fresh_login(app: Transom, admin: Newsroom, address: str) -> None:
    _age(admin.client)
    answer = admin.post(address, magazine="The Lantern")
    assert answer.status_code == 403
    assert "Is it you?" in answer.text
    assert current().number == 0


def _age(client: FlaskClient) -> None:
    with client.session_transaction("/login") as cookie:
        cookie["fs_paa"] = 0


def test_editors_change_nothing(editor: Newsroom) -> None:
    for address in (PAGE, f"{PAGE}/history", f"{PAGE}/logo", "/admin/first-steps"):
        assert editor.get(address).status_code == 403
    assert editor.post(PAGE, magazine="Mine").status_code == 403
