"""A person logs in by a certified OpenID provider, `oidc-provider` of npm, in a real browser.

The provider comes from the network, unless TRANSOM_TEST_OIDC_PROVIDER names a folder with its node_modules.
"""

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from playwright.sync_api import Browser, Page, expect

from intake.crypto import Keyring
from intake.web.fresh import PROVED_AT
from tests.journeys.conftest import ASEL
from tests.journeys.people import PASSWORD, log_in
from tests.whole import Whole, running

PACKAGE = "oidc-provider@9.13.3"
SCRIPT = Path(__file__).with_name("oidc_provider.mjs")
NAME = "Example House"

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the provider's node_modules."""
    if shutil.which("node") is None:
        pytest.skip("the provider of this journey needs node")
    kept = os.environ.get("TRANSOM_TEST_OIDC_PROVIDER")
    if kept:
        return Path(kept)
    if shutil.which("npm") is None:
        pytest.skip("the provider of this journey comes by npm, which is not here")
    folder = tmp_path_factory.mktemp("oidc-provider")
    install = [
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--ignore-scripts",
        "--prefix",
        str(folder),
        PACKAGE,
    ]
    done = subprocess.run(install, capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        pytest.skip(f"npm could not fetch {PACKAGE}: {done.stderr.strip()[-200:]}")
    return folder


@pytest.fixture(scope="module")
def port() -> int:
    """Free port for the provider."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number: int = probe.getsockname()[1]
        return number


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, modules: Path, port: int) -> Iterator[Whole]:
    """Installation with login through the provider, which is started too. To the browser, they are two sites."""
    secret = tmp_path_factory.mktemp("secrets") / "oidc"
    secret.write_text("a-secret-of-the-client\n")
    folder = tmp_path_factory.mktemp("provider-desk")
    named = {
        "TRANSOM_OIDC_ISSUER": f"http://localhost:{port}",
        "TRANSOM_OIDC_CLIENT_ID": "transom",
        "TRANSOM_OIDC_CLIENT_SECRET_FILE": secret,
        "TRANSOM_OIDC_NAME": NAME,
    }
    with running(folder, **named) as whole:
        whole.add_editor(ASEL, PASSWORD, "editor")
        back = f"{whole.settings.base_url}/login/openid/callback"
        command = ["node", str(SCRIPT), str(port), back]
        with subprocess.Popen(command, cwd=modules, stdout=subprocess.PIPE, text=True) as provider:
            assert provider.stdout
            assert "ready" in provider.stdout.readline()
            yield whole
            provider.terminate()


@pytest.fixture
def tab(desk: Whole, browser: Browser) -> Iterator[Page]:
    """Browser tab. Fails the test if anything violates the content security policy."""
    context = browser.new_context(base_url=desk.settings.base_url, locale="en-GB")
    context.set_default_timeout(30_000)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Refused" in message.text else None)
    yield page
    context.close()
    assert refused == []


def log_in_there(page: Page, name: str, port: int) -> None:
    """Fill in the provider's own pages: name and password, and consent if it asks for that."""
    page.wait_for_url(re.compile(rf"http://localhost:{port}/interaction/"))
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill("any")
    page.locator("button[type=submit]").click()
    page.wait_for_load_state()
    if urlsplit(page.url).port == port:
        page.locator("button[type=submit]").click()


def make_old(page: Page, desk: Whole) -> None:
    """Set the time of the last login confirmation in the session cookie to an hour ago."""
    key = Keyring(desk.settings.master_key_path.read_bytes())
    app = Flask("transom")
    app.secret_key = key.subkey("session").hex()
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer
    cookie = next(one for one in page.context.cookies() if one.get("name") == "transom")
    content = signer.loads(cookie["value"])
    content[PROVED_AT] = time.time() - 3600
    page.context.add_cookies([{**cookie, "value": signer.dumps(content)}])  # type: ignore[typeddict-item]


def well_formed(page: Page) -> None:
    report = Axe().run(page)
    assert report.violations_count == 0, report.generate_report()


def test_a_person_links_logs_in_confirms_and_is_kept_out(desk: Whole, tab: Page, port: int) -> None:
    doctor = desk.transom("doctor")
    assert (
        f"http://localhost:{port}, 1 key. It sends people back to {desk.settings.base_url}" in doctor.stdout
    )

    # Link the account. The form redirects to another site.
    log_in(tab, ASEL)
    tab.goto("/account")
    well_formed(tab)
    tab.get_by_role("button", name=f"Link to {NAME}").click()
    log_in_there(tab, "asel-there", port)
    tab.wait_for_url("**/account")
    expect(tab.get_by_text(f"You can log in with {NAME} now")).to_be_visible()
    expect(tab.get_by_text("Your account is linked.").first).to_be_visible()

    # Set up an authenticator app.
    tab.goto("/account/factors/app")
    app = pyotp.TOTP(re.sub(r"\s", "", tab.locator(".secret").text_content() or ""))
    tab.get_by_role("textbox", name="Code").fill(app.now())
    tab.get_by_role("button", name="Set up").click()
    expect(tab.locator(".recovery-codes__one")).to_have_count(10)
    codes = tab.locator(".recovery-codes__one").all_inner_texts()

    # Log out, and log in through the provider, which still has a session. Transom asks for its own second factor.
    _log_out(tab)
    tab.goto("/desk/?sort=newest")
    well_formed(tab)
    tab.get_by_role("link", name=f"Log in with {NAME}").click()
    tab.wait_for_url("**/login/second-step?next=**")
    expect(tab.get_by_text(f"{NAME} has recognised you.")).to_be_visible()
    tab.get_by_role("textbox", name="Code").fill(app.at(int(time.time()) + 30))
    tab.get_by_role("button", name="Go on").click()
    tab.wait_for_url("**/desk/?sort=newest")

    # Open a page that needs a fresh login. The provider has to ask for the password again.
    make_old(tab, desk)
    tab.goto("/account/factors/app")
    expect(tab.get_by_role("heading", name="Is it you?")).to_be_visible()
    well_formed(tab)
    tab.get_by_role("button", name=f"Confirm with {NAME}").click()
    log_in_there(tab, "asel-there", port)
    tab.wait_for_url("**/account/factors/app")
    expect(tab.get_by_role("heading", name="Is it you?")).to_have_count(0)

    # Send a form that needs a fresh login. The provider opens in another tab, and the form is kept.
    tab.goto("/account/factors")
    make_old(tab, desk)
    tab.locator("summary", has_text="Create new codes").click()
    tab.get_by_role("button", name="Create new codes").click()
    expect(tab.get_by_role("heading", name="Is it you?")).to_be_visible()
    with tab.expect_popup() as opened:
        tab.get_by_role("button", name=f"Confirm with {NAME}").click()
    other = opened.value
    log_in_there(other, "asel-there", port)
    expect(other.get_by_role("heading", name="It is you")).to_be_visible()
    well_formed(other)
    other.close()
    tab.get_by_role("button", name="Go on").click()
    expect(tab.locator(".recovery-codes__one")).to_have_count(10)
    assert not set(tab.locator(".recovery-codes__one").all_inner_texts()) & set(codes)

    # Log in as a person whom the provider knows, but who has no account here.
    _log_out(tab)
    tab.context.clear_cookies()
    tab.goto("/login")
    tab.get_by_role("link", name=f"Log in with {NAME}").click()
    log_in_there(tab, "stranger", port)
    expect(tab.get_by_role("heading", name="No account here is linked to you")).to_be_visible()
    well_formed(tab)

    # Cancel the login on the provider's page.
    tab.context.clear_cookies()
    tab.goto("/login")
    tab.get_by_role("link", name=f"Log in with {NAME}").click()
    tab.wait_for_url(re.compile(rf"http://localhost:{port}/interaction/"))
    tab.get_by_role("link", name="Cancel").click()
    expect(tab.get_by_role("heading", name=f"{NAME} did not let you in")).to_be_visible()

    # Log in to an account that is switched off.
    assert desk.transom("user", "list").stdout.count(f"logs in with {NAME}") == 1
    assert desk.transom("user", "switch-off", ASEL, "--yes").returncode == 0
    tab.goto("/login")
    tab.get_by_role("link", name=f"Log in with {NAME}").click()
    log_in_there(tab, "asel-there", port)
    expect(tab.get_by_role("heading", name="Your account is switched off")).to_be_visible()


def _log_out(page: Page) -> None:
    page.goto("/account")
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
