"""Redirects that write their target in the path, in Base64, or in a notation of their own."""

import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from intake.text.addresses import targets
from intake.text.addresses.parts import Address

Decoder = Callable[[Address], str | None]

_EMBEDDED = re.compile(r"[/*]https?(?::|%3a|%253a)", re.IGNORECASE)
_ENCODED = re.compile(r"https?:?%", re.IGNORECASE)
_SEGMENT_END = re.compile("[/?#]")
_V3 = "/v3/__"
_RUNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
"""Letters for the length of a run in version 3 of Proofpoint's notation. `A` means two characters."""
_V3_MARK = re.compile(r"\*(?:\*([A-Za-z0-9_-]))?")
_ONE_SLASH = re.compile(r"(https?:/)(?=[^/])", re.IGNORECASE)
_SITE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:[:/?#]|$)", re.IGNORECASE)


def target(address: Address) -> str | None:
    """Target of a redirect of these kinds, or None."""
    return next((found for decoder in _decoders(address) if (found := decoder(address))), None)


def is_known(address: Address) -> bool:
    """Return whether the host is one of these redirects, even if the target is missing or cut off."""
    return any(decoder not in _PARTLY for decoder in _decoders(address))


def _decoders(address: Address) -> Iterator[Decoder]:
    return (_BY_HOST[name] for name in address.names if name in _BY_HOST)


def _proofpoint(address: Address) -> str | None:
    """Target of `urldefense.com`, whose versions 1 to 3 encode it in three ways."""
    if address.path.startswith(_V3):
        return _version_3(address.rest.removeprefix(_V3))
    value = address.parameters.get("u", "")
    if address.path.startswith("/v2/"):
        value = value.replace("-", "%").replace("_", "/")
    return targets.decoded(value)


def _version_3(rest: str) -> str | None:
    """Target in `URL__;CHARACTERS!!…`. A `*` in URL stands for the next character, `**A` for the next two."""
    url, end, after = rest.partition("__;")
    if not end:
        return None
    encoded = after.partition("!")[0]
    try:
        hidden = urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except ValueError:
        return None
    taken = 0

    def replace(found: re.Match[str]) -> str:
        nonlocal taken
        start, taken = taken, taken + (_RUNS.index(found[1]) + 2 if found[1] else 1)
        return hidden[start:taken]

    return targets.as_written(_ONE_SLASH.sub(r"\1/", _V3_MARK.sub(replace, url), count=1))


def _bing(address: Address) -> str | None:
    """Target of `bing.com/ck/a`: `a1` and Base64 in the parameter `u`."""
    value = address.parameters.get("u", "") if address.path.startswith("/ck/") else ""
    return targets.from_base64(value[2:]) if value[:2] == "a1" else None


def _base64(address: Address) -> str | None:
    """Target in Base64 in the parameter `u` or `url64`."""
    values = address.parameters
    return targets.from_base64(values.get("u") or values.get("url64") or "")


def _embedded(address: Address) -> str | None:
    """Target in the path, such as `/1/https://example.org/` or `/1/https%3A%2F%2Fexample.org/2`."""
    rest = address.rest
    found = _EMBEDDED.search(rest)
    if not found or found.start() >= len(address.path):
        return None
    value = rest[found.start() + 1 :]
    # An encoded target has no slash of its own: what follows the next one belongs to the redirect.
    return targets.decoded(_SEGMENT_END.split(value, maxsplit=1)[0]) if _ENCODED.match(value) else value


def _filter(address: Address) -> str | None:
    """Target of Steam's link filter in the path."""
    return _embedded(address) if address.path.startswith("/linkfilter/") else None


def _click(address: Address) -> str | None:
    """Target of Yandex's click counter in the path."""
    return _embedded(address) if address.path.startswith(("/redir/", "/clck/redir/")) else None


def _yahoo(address: Address) -> str | None:
    """Target of Yahoo's search results: the segment `RU=` of the path."""
    segments = (part for part in address.path.split("/") if part.startswith("RU="))
    return targets.decoded(next(segments, "")[3:])


def _check_point(address: Address) -> str | None:
    """Target of Check Point's gateway, between `___` and `___.`."""
    value = address.rest.partition("___")[2].partition("___.")[0]
    return targets.as_written(value) if value[:4].lower() == "http" else None


def _query(address: Address) -> str | None:
    """Target that is the whole query, as in `href.li/?https://example.org/`."""
    value = address.rest.partition("?")[2]
    return targets.as_written(value) if value[:4].lower() == "http" else None


def _google_amp(address: Address) -> str | None:
    """Page behind Google's copy `google.com/amp/s/example.org/page`."""
    return _page(address.rest.removeprefix("/amp/")) if address.path.startswith("/amp/") else None


def _amp_cache(address: Address) -> str | None:
    """Page behind a copy of the AMP cache, such as `/c/s/example.org/page`."""
    kind, _, page = address.rest.lstrip("/").partition("/")
    return _page(page) if kind in ("c", "v", "i", "wp") else None


def _page(rest: str) -> str | None:
    scheme, page = ("https", rest[2:]) if rest.startswith("s/") else ("http", rest)
    page = unquote(page) if "%2f" in page[:300].lower() else page
    return f"{scheme}://{page}" if _SITE.match(page) else None


_BY_HOST: dict[str, Decoder] = {
    **dict.fromkeys(("urldefense.com", "urldefense.us", "urldefense.proofpoint.com"), _proofpoint),
    **dict.fromkeys(("protection.sophos.com", "checklink.mail.ru", "proxy.imgsmail.ru"), _base64),
    **dict.fromkeys(("secure-web.cisco.com", "menlosecurity.com", "click.redditmail.com"), _embedded),
    **dict.fromkeys(("protect.checkpoint.com", "url.avanan.click"), _check_point),
    **dict.fromkeys(("href.li", "anonym.to", "anonym.es", "nullrefer.com", "dereferer.me"), _query),
    "bing.com": _bing,
    "r.search.yahoo.com": _yahoo,
    "steamcommunity.com": _filter,
    "clck.yandex.*": _click,
    "yandex.*": _click,
    "google.*": _google_amp,
    "cdn.ampproject.org": _amp_cache,
}
# Functions above for hosts that also have ordinary pages, so that not every address of the host is a redirect.
_PARTLY = frozenset({_bing, _filter, _click, _google_amp})
