"""Links: clean their addresses, check stored ones, and find links whose text shows another address."""

import re
from functools import lru_cache

from intake.text.addresses import cleaning, mentions, parts, redirects
from intake.text.unicode import invisible

REL = "noopener noreferrer nofollow"
_DOMAIN = re.compile(r"(?:https?://)?((?:[\w-]+\.)+\w{2,})(?:[:/?#]\S*)?", re.IGNORECASE)


@lru_cache(maxsize=1024)
def clean(href: str) -> str | None:
    """Address without tracking parameters and redirects, or None if it must not be linked.

    Allowed are absolute http, https and mailto addresses without user name or password. The function is idempotent.
    """
    plain = cleaning.clean(invisible.bare(href).strip())
    safe = None if plain is None else parts.safe(plain)
    return parts.normal(safe) if safe else None


def is_safe(href: str) -> bool:
    """Return whether a stored address may be linked.

    Rules about tracking do not count, because a text that was stored before a rule was made must still be shown.
    """
    return parts.is_safe(href)


def is_tracked(href: str) -> bool:
    """Return whether `clean` unwraps the address or drops a part of it."""
    if clean(href) == href:
        return False
    plain = invisible.bare(href).strip()
    return cleaning.clean(plain) not in (None, plain)


def disguised(shown: str, href: str) -> bool:
    """Return whether the text of a link (`shown`) is the address of another domain than its cleaned target.

    Redirects are unwrapped in both before the comparison. A redirect whose target is cut off, as in
    `https://l.example/?u=…`, shows no domain.
    """
    # Most link texts are words and not addresses. Return early, to save time.
    if not _DOMAIN.fullmatch(shown.strip()):
        return False
    text = mentions.clean(shown.strip()).text
    seen, target = _DOMAIN.fullmatch(text), parts.parse(href)
    if not seen or not target:
        return False
    host = target.host.partition(":")[0].lower()
    return _site(seen[1].lower()) != _site(host) and not _is_cut_off(text)


def _is_cut_off(text: str) -> bool:
    address = parts.parse(text if "://" in text else f"https://{text}")
    return address is not None and address.rest not in ("", "/") and redirects.is_redirect(address)


def _site(host: str) -> str:
    return host.removeprefix("www.")
