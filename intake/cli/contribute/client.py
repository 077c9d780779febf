"""Client of the public API. Repeats a request if the connection breaks."""

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import click

if TYPE_CHECKING:
    import httpx

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
to_option: Callable[[Any], Any] = click.option(
    "--url", "--to", "url", default="http://127.0.0.1:8000", show_default=True, help="Address of Transom."
)
"""Option `--to`, with the older name `--url`."""
DELAYS = (1, 2, 4, 8, 16, 16, 16)
"""Seconds before each repetition of a request. In an upload, each part that arrives restarts the sequence."""
MINUTES_OF_UPLOAD = 10
AGAIN = frozenset({408, 423, 502, 503, 504})
"""Statuses after which the same request may succeed."""
IDLE_SECONDS = 1
"""Connections that were idle for longer are not reused, because servers close idle connections without notice."""


class LineBroken(Exception):
    """The connection broke, or the server asks to try again. The message names the error."""


class UnknownReceipt(click.ClickException):
    """The server has neither a submission nor a draft with this receipt."""


class Client:
    """Connection to the public API of the server at `url`. Use it as a context manager."""

    def __init__(self, url: str) -> None:
        import httpx

        self.url = url.rstrip("/")
        limits = httpx.Limits(keepalive_expiry=IDLE_SECONDS)
        timeout = httpx.Timeout(30, read=60 * MINUTES_OF_UPLOAD)
        try:
            self._client = httpx.Client(timeout=timeout, limits=limits)
        except ImportError:
            raise click.ClickException(
                "The environment names a SOCKS proxy (ALL_PROXY), which needs the package httpx[socks]."
            ) from None
        self._is_reached = False

    def __enter__(self) -> "Client":
        """Return the client."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self._client.close()

    def post(
        self, path: str, body: object = None, headers: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """Send JSON to `/api/v1/<path>`. Returns the JSON of the response. Raises ClickException."""
        return self.answer("POST", f"api/v1/{path}", json=body, headers=headers)

    def form(
        self,
        path: str,
        fields: Mapping[str, Any],
        files: Callable[[], Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Send a form to `/api/v1/<path>`. `files` opens its files, once for each attempt. Raises ClickException."""
        return self.answer("POST", f"api/v1/{path}", data=fields, files=files, headers=headers)

    def answer(self, method: str, path: str, **sent: Any) -> dict[str, Any]:
        """Send a request as `request` does. Returns the JSON of a successful response. Raises ClickException."""
        response = self.request(method, path, **sent)
        try:
            found: dict[str, Any] = response.json() if response.content else {}
        except ValueError:
            raise self._unlike_transom(response.status_code) from None
        if response.status_code == 404 and path != "api/v1/drafts":
            raise UnknownReceipt(
                "Nothing is known of this receipt. Compare it once more, and the address too."
            )
        if response.is_error and "detail" in found:
            raise click.ClickException(sentence(found))
        if response.is_error:
            raise self._unlike_transom(response.status_code)
        return found

    def request(self, method: str, path: str, **sent: Any) -> "httpx.Response":
        """Send a request until there is a response. Raises ClickException if all repetitions of DELAYS fail."""
        for delay in (*DELAYS, None):
            try:
                return self.attempt(method, path, **sent)
            except LineBroken as error:
                if delay is None or not self._is_reached:
                    raise self._unreachable(error) from None
                time.sleep(delay)
        raise AssertionError

    def attempt(self, method: str, path: str, **sent: Any) -> "httpx.Response":
        """Send a request once. Raises LineBroken, or ClickException if the address is wrong."""
        import httpx

        files = sent.pop("files", None)
        try:
            response = self._client.request(
                method, urljoin(f"{self.url}/", path), files=files() if files else None, **sent
            )
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, ValueError) as error:
            raise self._unreachable(LineBroken(type(error).__name__)) from None
        except httpx.HTTPError as error:
            raise LineBroken(type(error).__name__) from None
        if response.status_code in AGAIN and self._is_reached:
            raise LineBroken(f"status {response.status_code}")
        self._is_reached = self._is_reached or response.is_success
        return response

    def _unreachable(self, error: LineBroken) -> click.ClickException:
        return click.ClickException(f"{self.url} could not be reached ({error}). Is the address right?")

    def _unlike_transom(self, status: int) -> click.ClickException:
        return click.ClickException(
            f"{self.url} answered {status}, but not as Transom does. Is the address right?"
        )


def sentence(answer: Mapping[str, Any]) -> str:
    """Return the error of a problem document in one line."""
    errors = answer.get("errors") or {}
    fields = "; ".join(f"{field}: {' '.join(said)}" for field, said in errors.items())
    return f"{answer.get('title')}: {fields or answer.get('detail')}"


def ask_receipt() -> str:
    """Ask for a receipt, or read it from a pipe. As an argument, it would show in process lists and in the shell history."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().strip()
    typed: str = click.prompt("Receipt", hide_input=True, err=True)
    return typed.strip()


def text_of(path: Path) -> str:
    """Text of a file. Raises ClickException if it is not UTF-8."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        raise click.ClickException(f"{path} is not in UTF-8. Save it as UTF-8, then send it again.") from None
