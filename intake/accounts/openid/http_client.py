"""Requests to the OpenID provider: over TLS, without redirects, with limits of time, size and number."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    import httpx

STEP_SECONDS = 5.0
"""Longest wait for a connection, and for the next bytes."""
ALL_SECONDS = 10.0
"""Longest time for one answer, from the start of the request to the end of the body. A single step may exceed it by STEP_SECONDS."""
MOST_BYTES = 256 * 1024
PLACES = 6
"""Requests at the same time in one process. Further ones fail at once, so that none waits for a slow provider."""
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

_places = BoundedSemaphore(PLACES)


class ProviderAway(Exception):
    """The provider does not answer in time, or answers with a server error."""


class ProviderBusy(ProviderAway):
    """Too many requests of this process wait for the provider."""


class ProviderMisconfigured(Exception):
    """The provider and the settings do not fit together. The message says what was found."""


def check_address(url: object, issuer: str) -> str:
    """Return an address of the provider.

    Raises ProviderMisconfigured unless it uses TLS. Plain HTTP is allowed if it and `issuer` are on the loopback interface.
    """
    if not isinstance(url, str):
        raise ProviderMisconfigured("its configuration lacks an address")
    parts = urlsplit(url)
    if parts.scheme == "https" and parts.hostname and not parts.username:
        return url
    if parts.scheme == "http" and is_loopback(url) and is_loopback(issuer):
        return url
    raise ProviderMisconfigured(f"its configuration names {url[:200]}, which has no https")


def is_loopback(url: str) -> bool:
    """Return whether an address is on this machine."""
    return urlsplit(url).hostname in LOOPBACK


def request_json(
    method: str, url: str, *, body: str = "", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, Any]]:
    """Send a request. Returns the status, below 500, and the JSON object of the answer.

    Raises ProviderAway and ProviderMisconfigured.
    """
    import httpx

    sent = {"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})}
    ends = time.monotonic() + ALL_SECONDS
    try:
        with (
            _place(),
            httpx.Client(timeout=STEP_SECONDS, trust_env=not is_loopback(url)) as client,
            client.stream(method, url, content=body or None, headers=sent) as response,
        ):
            _check_status(response)
            return response.status_code, _object(b"".join(_limited(response, ends)), url)
    except httpx.TransportError as error:
        raise ProviderAway(f"{_host(url)}: {type(error).__name__}") from error
    except (httpx.InvalidURL, ImportError) as error:
        # ImportError: the environment names a SOCKS proxy, for which httpx needs another package.
        raise ProviderMisconfigured(f"{_host(url)}: {error}") from error


def _check_status(response: "httpx.Response") -> None:
    status, host = response.status_code, response.url.host
    if status >= 500 or status == 429:
        raise ProviderAway(f"{host} answers {status}")
    if 300 <= status < 400:
        raise ProviderMisconfigured(f"{host} redirects to another address instead of answering")


def _limited(response: "httpx.Response", ends: float) -> Iterator[bytes]:
    """Yield the body as it was received. Raises ProviderMisconfigured and ProviderAway at the limits."""
    size = 0
    for part in response.iter_raw():
        size += len(part)
        if size > MOST_BYTES:
            raise ProviderMisconfigured(f"{response.url.host} answers with more than {MOST_BYTES} bytes")
        if time.monotonic() > ends:
            raise ProviderAway(f"{response.url.host} is too slow")
        yield part


def _object(body: bytes, url: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ProviderMisconfigured(f"{_host(url)} does not answer in JSON") from error
    if not isinstance(found, dict):
        raise ProviderMisconfigured(f"{_host(url)} does not answer with a JSON object")
    return found


@contextmanager
def _place() -> Iterator[None]:
    if not _places.acquire(blocking=False):
        raise ProviderBusy("too many requests wait for the provider")
    try:
        yield
    finally:
        _places.release()


def _host(url: str) -> str:
    return urlsplit(url).hostname or url[:100]
