"""A browser without scripts, which fills in the forms of pages as they are."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
from lxml import html

FORBIDDEN, CONFIRM = 403, "confirm-password"
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
File = tuple[str, str, bytes]
"""Field, name and contents of a file."""


class Browser:
    """One person's browser, with cookies of its own. `body` is the page that was loaded last, and `path` its address.

    `told` is called with the kind of each request, such as `POST notes`, its status, and its seconds.
    """

    def __init__(self, base_url: str, told: Callable[[str, int, float], None] = lambda *_: None) -> None:
        self._told = told
        # See tests/whole.py on connections that are kept.
        limits = httpx.Limits(max_keepalive_connections=0)
        self._client = httpx.Client(base_url=base_url, timeout=120, limits=limits, follow_redirects=True)
        self.body = self.path = self._password = ""

    def get(self, path: str, **query: str) -> str:
        """Load a page. Fails the test if it is an error page."""
        return self._load(self._client.get(path, params=query))

    def links(self, beginning: str) -> list[str]:
        """Paths of all links of the present page to pages below an address."""
        found = _parsed(self.body).xpath("//a/@href")
        paths = [urlsplit(one).path for one in found]
        return [one for one in paths if one.startswith(f"{beginning}/") and one.count("/") == beginning.count("/") + 1]  # fmt: skip

    def post(self, path: str, data: Mapping[str, Any], *files: File) -> str:
        """Send fields to an address. Fails the test if the answer is an error page."""
        attached = [(name, (file, content)) for name, file, content in files]
        return self._load(self._client.post(path, data=data, files=attached or None))

    def send(self, action: str, /, *files: File, **typed: str) -> str:
        """Fill in the first form of the present page whose address ends with `action` and that has all these fields.

        Fields that are not typed keep what the page has in them.
        """
        form = self._form(action, *typed)
        data: dict[str, list[str]] = {}
        for name, value in form.form_values():
            data.setdefault(name, []).append(value)
        return self.post(form.get("action"), data | {name: [value] for name, value in typed.items()}, *files)

    def field(self, action: str, beginning: str) -> str:
        """Name of the first field of a form that begins so."""
        names = [one.get("name", "") for one in self._form(action).xpath(".//*[@name]")]
        return str(next(name for name in names if name.startswith(beginning)))

    def value(self, name: str, action: str = "") -> str:
        """Value of the first field of this name, on the present page or in one of its forms."""
        forms = [self._form(action)] if action else _parsed(self.body).xpath("//form")
        return str(next(value for form in forms for field, value in form.form_values() if field == name))

    def log_in(self, email: str, password: str) -> None:
        """Log in through the form."""
        self._password = password
        self.get("/login")
        self.send("/login", email=email, password=password)

    def _form(self, action: str, *names: str) -> Any:
        page = _parsed(self.body)
        for form in page.xpath("//form"):
            fields = {one.get("name") for one in form.xpath(".//*[@name]")}
            if urlsplit(form.get("action", "")).path.endswith(action) and fields.issuperset(names):
                return form
        raise AssertionError((action, names, page.xpath("//form/@action"), _text(self.body)))

    def _load(self, answer: httpx.Response) -> str:
        for one in (*answer.history, answer):
            kind = f"{one.request.method} {one.request.url.path.rstrip('/').rpartition('/')[2]}"
            self._told(UUID.sub("…", kind), one.status_code, one.elapsed.total_seconds())
        if answer.status_code == FORBIDDEN and CONFIRM in answer.text:
            # The login is over ten minutes old, so the page asks for the password. Its form repeats the sent fields.
            self.body = answer.text
            return self.send("", **{CONFIRM: self._password})
        assert answer.status_code < 400, (answer.request.method, answer.url.path, answer.status_code, _text(answer.text))  # fmt: skip
        kind = answer.headers.get("Content-Type", "")
        if kind.startswith("text/html"):
            self.body, self.path = answer.text, answer.url.path
        return answer.text if kind.startswith("text/") else ""


def _parsed(page: str) -> Any:
    return html.document_fromstring(page or "-")


def _text(page: str) -> str:
    """Visible text of a page, shortened."""
    return " ".join(_parsed(page).text_content().split())[:1500]
