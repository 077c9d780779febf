"""Kinds of requests, and how many threads each has in one process."""

from collections.abc import Mapping
from typing import Any

from intake.accounts.hashing import HASH_QUEUE
from intake.web.live_updates import PLACES
from intake.web.server.places import Places, UploadPlaces

UPLOADS = 24
"""Threads for large bodies of contributors. Each takes up to 5 MB of memory while it receives a photo."""

DESK_UPLOADS = 4
LOGINS = HASH_QUEUE
"""Threads for forms with a password. They may wait to hash it, and must not occupy threads of the desk meanwhile."""
SEARCHES = 4
PROVIDER = 3
EXPORTS = 3
"""Threads for ZIPs of submissions. Each is occupied until the client has read its ZIP."""

HEALTH = 2
REFUSALS = 2
WAIT_SECONDS, LOGIN_WAIT_SECONDS, HEALTH_WAIT_SECONDS, REFUSAL_WAIT_SECONDS = 10.0, 15.0, 30.0, 5.0
"""Seconds that a request waits for a thread, before it is answered with 503."""

DESK_PATHS = ("/desk", "/admin", "/api/v1/desk", "/api/v1/admin", "/feeds", "/login", "/logout", "/start", "/setup", "/welcome", "/change", "/account", "/resets")  # fmt: skip
HASHING_PATHS = frozenset({"/login", "/change"})
HASHING_FOLDERS = (
    "/setup/",
    "/welcome/",
    "/account/",
    "/admin/people",
    "/admin/resets",
    "/admin/settings",
    "/admin/first-steps",
    "/admin/tokens",
    "/admin/originals",
    "/desk/originals-key",
    "/desk/tokens",
)
"""Path prefixes of forms that hash a password, also those that ask for it again before a sensitive action."""
PROVIDER_PATHS = ("/login/openid", "/account/openid/confirmation")
INVITED_BY_PROVIDER = ("/welcome/", "/openid")
"""Prefix and ending of the path to accept an invitation. Like PROVIDER_PATHS, it waits for the OpenID provider, which
may be slow, so it must not take threads of the desk."""
HEALTH_PATHS = ("/healthz/", "/metrics")
STREAM = "/stream"
EXPORT = "/export.zip"
SEARCH = b"q="


class Kinds:
    """Thread pools of one process. Path, query and body size of a request choose the pool."""

    def __init__(self, page_threads: int) -> None:
        self.refusals = Places("refusal", REFUSALS, REFUSAL_WAIT_SECONDS)
        self._health = Places("health", HEALTH, HEALTH_WAIT_SECONDS)
        self._pages = Places("page", page_threads, WAIT_SECONDS)
        self._uploads = UploadPlaces("upload", UPLOADS, WAIT_SECONDS)
        self._desk = Places("desk", page_threads, WAIT_SECONDS)
        self._desk_uploads = UploadPlaces("desk-upload", DESK_UPLOADS, WAIT_SECONDS)
        self._logins = Places("login", LOGINS, LOGIN_WAIT_SECONDS)
        self._provider = Places("provider", PROVIDER, WAIT_SECONDS)
        self._searches = Places("search", SEARCHES, WAIT_SECONDS)
        self._exports = Places("export", EXPORTS, WAIT_SECONDS)
        # One thread more than open streams are allowed. It refuses a further stream, whose page then polls.
        self._streams = Places("stream", PLACES + 1, WAIT_SECONDS)

    def uploads(self) -> tuple[int, int]:
        """Return the number of uploads that are being read, and the largest possible number."""
        kinds = (self._uploads, self._desk_uploads)
        return sum(len(kind.bodies) for kind in kinds), sum(kind.threads for kind in kinds)

    def waiting(self) -> int:
        """Return how many requests wait for a thread."""
        return sum(kind.waiting for kind in vars(self).values())

    def places(self, scope: Mapping[str, Any], has_large_body: bool) -> Places:
        """Return the threads for a request. `scope` is its ASGI scope."""
        path: str = scope["path"]
        if path.startswith(HEALTH_PATHS):
            return self._health
        if not path.startswith(DESK_PATHS):
            return self._uploads if has_large_body else self._pages
        if has_large_body:
            return self._desk_uploads
        if _asks_provider(path):
            return self._provider
        if scope["method"] == "POST" and _hashes(path):
            return self._logins
        if path.endswith(STREAM):
            return self._streams
        if path.endswith(EXPORT):
            return self._exports
        return self._searches if SEARCH in scope["query_string"] else self._desk


def _asks_provider(path: str) -> bool:
    start, end = INVITED_BY_PROVIDER
    return path.startswith(PROVIDER_PATHS) or (path.startswith(start) and path.endswith(end))


def _hashes(path: str) -> bool:
    of_submission = path.startswith("/desk/submissions/") and (
        path.endswith("/links") or "/originals" in path
    )
    return path in HASHING_PATHS or path.startswith(HASHING_FOLDERS) or of_submission
