"""Score of an answer by the published rules of Mozilla's HTTP Observatory.

Source of the rules and points: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, algorithm version 5.
tests/ops/test_observatory.py runs the Observatory's own program.
"""

import re
from http.cookies import SimpleCookie
from urllib.parse import urlsplit

from werkzeug.test import TestResponse

BASE = 100
ENOUGH_FOR_BONUS = 90
"""Minimum score without bonus points for bonus points to be added."""
SIX_MONTHS = 15552000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
BROAD = {"*", "ftp:", "http:", "https:", "data:", "blob:", "'unsafe-inline'", "'unsafe-eval'"}


def score(answer: TestResponse) -> tuple[int, dict[str, int]]:
    """Return the score of a response over TLS, and the points by rule.

    The Observatory's rule about redirections is left out, because a single response does not show them.
    """
    points = {rule.__name__.strip("_"): rule(answer) for rule in RULES}
    without_bonus = BASE + sum(one for one in points.values() if one < 0)
    return (BASE + sum(points.values()) if without_bonus >= ENOUGH_FOR_BONUS else without_bonus), points


def _policy(answer: TestResponse) -> dict[str, set[str]]:
    header = answer.headers.get("Content-Security-Policy", "")
    rules = [rule.split() for rule in header.split(";") if rule.strip()]
    return {name.lower(): set(sources) for name, *sources in rules}


def _content_security_policy(answer: TestResponse) -> int:
    policy = _policy(answer)
    if not policy:
        return -25
    default = policy.get("default-src", {"*"})
    if BROAD & (policy.get("script-src", default) | policy.get("object-src", default)):
        return -20
    if BROAD & policy.get("style-src", default):
        return 0
    return 10 if default == {"'none'"} else 5


def _cookies(answer: TestResponse) -> int:
    """Return 0 without cookies, 5 if all are Secure and have SameSite, and session cookies are HttpOnly."""
    cookies = [
        morsel for line in answer.headers.getlist("Set-Cookie") for morsel in SimpleCookie(line).values()
    ]
    if not cookies:
        return 0
    if any(not one["secure"] for one in cookies):
        return -20
    if any(not one["httponly"] for one in cookies if re.search("login|sess", one.key.lower())):
        return -30
    return 5 if all(one["samesite"].lower() in {"lax", "strict"} for one in cookies) else 0


def _cross_origin_resource_sharing(answer: TestResponse) -> int:
    return -50 if answer.headers.get("Access-Control-Allow-Credentials") == "true" else 0


def _referrer_policy(answer: TestResponse) -> int:
    said = answer.headers.get("Referrer-Policy")
    return 0 if said is None else 5 if said in PRIVATE else -5


def _strict_transport_security(answer: TestResponse) -> int:
    """Return 0 for a sufficient header. The bonus of 5 is only for hosts on the browsers' preload list."""
    found = re.search(r"max-age=(\d+)", answer.headers.get("Strict-Transport-Security", ""))
    return -20 if not found else 0 if int(found[1]) >= SIX_MONTHS else -10


def _subresource_integrity(answer: TestResponse) -> int:
    """Scripts of the page's own origin neither add nor subtract points."""
    scripts = (
        re.findall(r"<script\b[^>]*\bsrc=\"([^\"]+)\"", answer.text) if answer.mimetype == "text/html" else []
    )
    return -5 if any(urlsplit(one).netloc for one in scripts) else 0


def _x_content_type_options(answer: TestResponse) -> int:
    return 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5


def _x_frame_options(answer: TestResponse) -> int:
    """Return 5 for `frame-ancestors` in the policy. `default-src` is not its fallback."""
    if BROAD.isdisjoint(_policy(answer).get("frame-ancestors", {"*"})):
        return 5
    return 0 if answer.headers.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20


def _cross_origin_resource_policy(answer: TestResponse) -> int:
    said = answer.headers.get("Cross-Origin-Resource-Policy")
    return 10 if said in {"same-origin", "same-site"} else 0


RULES = (
    _content_security_policy,
    _cookies,
    _cross_origin_resource_sharing,
    _referrer_policy,
    _strict_transport_security,
    _subresource_integrity,
    _x_content_type_options,
    _x_frame_options,
    _cross_origin_resource_policy,
)
