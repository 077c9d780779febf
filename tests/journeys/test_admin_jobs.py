"""An admin finds why jobs failed, retries them after a repair, and discards a hopeless one."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import Engine, text

from intake.db import connect
from intake.photos.refusal import REASONS
from tests.journeys.conftest import ASEL, NEWEST, TOMAS
from tests.journeys.people import PASSWORD, at_the_desk
from tests.photos.made import jpeg_with_gps
from tests.post_office import open_post_office
from tests.waiting import until
from tests.whole import Whole

ADMIN, MIRIAM = "daniel@transom.example", "miriam@transom.example"


@pytest.fixture
def whole(at_once: Whole) -> Whole:
    """The installation `at_once` with three accounts. Runs before other journeys, whose failed mails would be counted."""
    for email, role in ((TOMAS, "editor"), (MIRIAM, "chief"), (ADMIN, "admin")):
        at_once.add_editor(email, PASSWORD, role)
    return at_once


@pytest.fixture
def database(whole: Whole) -> Iterator[Engine]:
    made = connect(whole.settings.sqlalchemy_url)
    until(lambda: _no_mail_about_accounts(whole, made), 60)
    yield made
    made.dispose()


def _no_mail_about_accounts(whole: Whole, database: Engine) -> bool:
    """Discard the mails about the new accounts, which fail too."""
    whole.transom(
        "jobs", "discard", "--all", "--kind", "notify.account", "--reason", "Not in this journey", "--yes"
    )
    query = "SELECT count(*) FROM jobs WHERE kind = 'notify.account' AND status NOT IN ('done', 'discarded')"
    with database.begin() as connection:
        return not connection.scalar(text(query))


@pytest.fixture
def admin(whole: Whole, browser: Browser) -> Iterator[Page]:
    """Admin without access to submissions."""
    context = browser.new_context(base_url=whole.settings.base_url, locale="en-GB")
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/login")
    page.get_by_label("E-mail").fill(ADMIN)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url(re.compile("/admin/$"))
    yield page
    context.close()


@pytest.fixture
def asel(whole: Whole, browser: Browser) -> Iterator[Page]:
    page = at_the_desk(whole, browser, ASEL)
    yield page
    page.context.close()


def test_what_was_given_up_is_understood_and_dealt_with(
    whole: Whole, database: Engine, admin: Page, asel: Page, mail_port: int
) -> None:
    _send_what_will_fail(whole, asel)
    _wait_until_given_up(database, {"notify.now": 2, "photo.clean": 1})
    _find_the_groups(admin)
    _retry_once_the_mail_server_is_back(admin, mail_port)
    _discard_the_photo(admin)
    _read_it_without_the_photo(asel)


def _send_what_will_fail(whole: Whole, asel: Page) -> None:
    """Write two notes that notify colleagues by mail, and damage the file of a photo before it is cleaned."""
    for title, colleague in (("Morning", "Tomas"), ("Evening", "Miriam")):
        whole.submit(title)
        _open(asel, title)
        asel.get_by_label("Note", exact=True).fill(f"@{colleague} have a look")
        asel.get_by_role("button", name="Add the note").click()
        expect(asel.get_by_text("Notified:")).to_be_visible()
    assert whole.transom("queue", "pause", "photos", "--reason", "A journey").returncode == 0
    whole.submit("The market", photos=[jpeg_with_gps(64, 48, "X"), jpeg_with_gps(64, 48, "Y")])
    damaged = max(path for path in (whole.settings.files_dir / "quarantine").rglob("*") if path.is_file())
    damaged.write_bytes(b"\0" * damaged.stat().st_size)
    assert whole.transom("queue", "resume", "photos").returncode == 0


def _open(asel: Page, title: str) -> None:
    until(lambda: title in asel.request.get(NEWEST).text(), 30)
    asel.goto(NEWEST)
    asel.get_by_role("link", name=title, exact=True).click()


def _wait_until_given_up(database: Engine, expected: dict[str, int]) -> None:
    """Wait for ten attempts, and skip the twenty minutes between them."""
    hurry = text(
        "UPDATE jobs SET run_at = now() WHERE status = 'pending' AND kind IN ('notify.now', 'photo.clean')"
    )
    look = text(
        "SELECT kind, count(*) AS number FROM jobs WHERE status = 'dead' AND kind NOT LIKE 'canary.%' GROUP BY kind"
    )

    def dead() -> bool:
        with database.begin() as connection:
            connection.execute(hurry)
            return {row.kind: row.number for row in connection.execute(look)} == expected

    until(dead, 120)


def _find_the_groups(admin: Page) -> None:
    admin.goto("/admin/")
    admin.get_by_role("link", name="3 jobs given up").click()
    expect(admin.get_by_role("heading", name="3 jobs selected by the filter")).to_be_visible()
    mail = admin.get_by_role("article", name=re.compile("notify.now: MailServerUnavailable"))
    expect(mail.get_by_text("2 given up")).to_be_visible()
    mail.get_by_text("Traceback of job").click()
    expect(mail.get_by_role("region")).to_contain_text("in _write_at_once")
    _accessible(admin)
    mail.get_by_role("link", name="See them").click()


def _retry_once_the_mail_server_is_back(admin: Page, mail_port: int) -> None:
    with open_post_office(port=mail_port) as office:
        admin.get_by_role("link", name="Retry all 2 …").click()
        expect(admin.get_by_role("heading", name="Retry 2 jobs?")).to_be_visible()
        _accessible(admin)
        admin.get_by_label("Reason (optional)").fill("The mail server is back")
        admin.get_by_role("button", name="Retry 2 jobs").click()
        expect(admin.get_by_text("2 jobs are queued for a retry.")).to_be_visible()
        until(lambda: "Now: 2 done" in admin.request.get("/admin/jobs").text(), 30)
        assert {to for to, _ in office.mails} == {TOMAS, MIRIAM}
    admin.goto("/admin/jobs")
    expect(admin.get_by_text("by Daniel: The mail server is back")).to_be_visible()
    expect(admin.get_by_role("article", name=re.compile("notify.now"))).to_have_count(0)


def _discard_the_photo(admin: Page) -> None:
    photo = admin.get_by_role("article", name=re.compile("photo.clean: FileDamaged"))
    expect(photo.get_by_role("link", name=re.compile("^[0-9a-f]{8}$"))).to_have_count(0)
    photo.get_by_role("link", name="See it").click()
    admin.get_by_role("link", name=re.compile("^photo.clean")).click()
    expect(admin.get_by_text("Its submission continues without it")).to_be_visible()
    _accessible(admin)
    admin.get_by_label("Reason", exact=True).fill("The file is damaged")
    admin.get_by_role("button", name="Discard").click()
    expect(admin.get_by_text(re.compile(r"Job \d+ is discarded\."))).to_be_visible()
    expect(admin.get_by_text("by Daniel: The file is damaged")).to_be_visible()
    _accessible(admin)
    admin.goto("/admin/jobs")
    expect(admin.get_by_text("Nothing has failed.")).to_be_visible()


def _read_it_without_the_photo(asel: Page) -> None:
    _open(asel, "The market")
    why, remedy = REASONS["could_not_be_processed"].why, REASONS["could_not_be_processed"].what_to_do
    expect(asel.get_by_text(f"{why} {remedy}", exact=True)).to_be_visible()
    expect(asel.get_by_role("img", name=re.compile("Photo [12]"))).to_have_count(1)
    expect(asel.get_by_role("radio", name="Accept")).to_be_visible()


def _accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
