"""Actions of an editor during a contributor's journey, sent as plain requests, without rendering the desk."""

import re
from typing import Any

from playwright.sync_api import Page


def hidden(page: str, name: str) -> str:
    """Return the value of a hidden field."""
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)
    assert found, name
    return found[1]


def post(editor: Page, address: str, here: str, **fields: Any) -> None:
    """Post a form to `address`, with the CSRF token of the page `here`."""
    token = hidden(editor.request.get(here).text(), "csrf_token")
    answer = editor.request.post(address, form={"csrf_token": token, **fields}, max_redirects=0)
    assert answer.status == 303, answer.text()


def ask_for_changes(editor: Page, here: str, message: str) -> None:
    """Ask the contributor of the submission at the address `here`."""
    post(editor, f"{here}/claims", here)
    version = hidden(editor.request.get(here).text(), "version")
    asked = {"verdict": "request_changes", "code": "facts", "message": message, "version": version}
    post(editor, f"{here}/decisions", here, **asked)
