"""Clean link addresses: refuse unsafe addresses, and remove tracking parameters and redirects from others."""

import re
from functools import lru_cache
from urllib.parse import unquote

from intake.text.unicode import invisible

REL = "noopener noreferrer nofollow"
UNWRAPPED = 3
# Expression of RFC 3986, appendix B, but both slashes are required: `https:evil.example` is not accepted.
_WEB = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s\x00-\x20\"'%<>@\[\]\\^`{|}:]+)(?::\d{1,5})?")
_MAIL = re.compile(r"mailto:([^\s?&,;:<>\"'\\@/]+@[^\s?&,;:<>\"'\\@/]+)(?:\?.*)?", re.IGNORECASE | re.DOTALL)
_UNSAFE = re.compile(r"[\s\"'<>`{|}^]")
_TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|yclid|ymclid|msclkid|twclid|ttclid|igshid?|mc_[ce]id"
    r"|_hs(?:enc|mi)|mkt_tok|vero_id|oly_\w*|_openstat|s_cid|ref_src)(?:=.*)?",
    re.IGNORECASE | re.DOTALL,
)
# The parameter `si` identifies the account that shared a link.
_SHARED = re.compile(r"si(?:=.*)?", re.DOTALL)
_SHARERS = re.compile(r"(?:\w+\.)*(?:youtube\.com|youtu\.be|spotify\.com)", re.IGNORECASE)
# Redirects that count clicks, and the parameters that hold the target address. Outlook's redirect also
# contains the e-mail address of the recipient.
_WRAPPERS = (
    (re.compile(r"(?:www\.)?google\.[a-z.]{2,6}/url", re.IGNORECASE), ("q", "url")),
    (re.compile(r"lm?\.(?:facebook|instagram)\.com/l?(?:\.php)?", re.IGNORECASE), ("u",)),
    (re.compile(r"[\w.-]+\.safelinks\.protection\.outlook\.com/", re.IGNORECASE), ("url",)),
)
_DOMAIN = re.compile(r"(?:https?://)?((?:[\w-]+\.)+\w{2,})(?:[:/?#]\S*)?", re.IGNORECASE)


@lru_cache(maxsize=1024)
def clean(href: str) -> str | None:
    """Address without tracking parameters and redirects, or None if it must not be linked.

    Allowed are absolute http, https and mailto addresses without user name or password. The function is idempotent.
    """
    plain = invisible.bare(href).strip()
    for _ in range(UNWRAPPED):
        inner = _unwrapped(plain)
        if inner is None:
            break
        plain = inner
    return _mail(plain) if plain[:7].lower() == "mailto:" else _web(plain)


def disguised(shown: str, href: str) -> bool:
    """Return whether the text of a link (`shown`) is the address of another domain than its target."""
    seen, target = _DOMAIN.fullmatch(shown.strip()), _WEB.fullmatch(href)
    if not seen or not target:
        return False
    host = target[2].partition(":")[0].lower()
    return _site(seen[1].lower()) != _site(host)


def _site(host: str) -> str:
    return host.removeprefix("www.")


def _web(href: str) -> str | None:
    found = _WEB.fullmatch(href)
    if not found or "\\" in href or not _HOST.fullmatch(found[2]):
        return None
    scheme, host, path, query, fragment = found.groups()
    left = _query(query, host)
    anchor = (fragment or "").partition(":~:")[0]
    address = f"{scheme.lower()}://{host}{path}{'?' + left if left else ''}{'#' + anchor if anchor else ''}"
    return _UNSAFE.sub(lambda char: "".join(f"%{byte:02X}" for byte in char[0].encode()), address)


def _query(query: str | None, host: str) -> str:
    parts = [part for part in (query or "").split("&") if not _TRACKING.fullmatch(part)]
    if _SHARERS.fullmatch(host):
        parts = [part for part in parts if not _SHARED.fullmatch(part)]
    return "&".join(parts)


def _mail(href: str) -> str | None:
    found = _MAIL.fullmatch(href)
    return f"mailto:{_UNSAFE.sub('', found[1])}" if found else None


def _unwrapped(href: str) -> str | None:
    found = _WEB.fullmatch(href)
    if not found or not found[4]:
        return None
    for wrapper, names in _WRAPPERS:
        if wrapper.fullmatch(found[2] + found[3]):
            values = dict(
                part.partition("=")[::2] for part in reversed(found[4].replace("&amp;", "&").split("&"))
            )
            return next((unquote(values[name]) for name in names if values.get(name)), None)
    return None
