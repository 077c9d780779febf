"""Addresses of links that cannot be kept, such as telephone numbers, written into the text as words."""

import re
from urllib.parse import unquote

from intake.text.html import links
from intake.text.unicode import invisible

MAX_CHARS = 2_000
# Schemes of addresses that a reader can use without the link. Not listed are schemes of scripts, of files on the
# contributor's computer, and of applications that put account numbers into their links.
SCHEMES = frozenset(
    {
        "tel", "sms", "smsto", "mms", "callto", "facetime", "fax", "sip", "sips", "skype", "xmpp", "sgnl", "signal", "tg",
        "whatsapp", "viber", "threema", "wire", "line", "weixin", "matrix", "irc", "ircs", "briar", "simplex", "session",
        "tox", "jami", "nostr", "magnet", "ed2k", "ipfs", "ipns", "dat", "hyper", "bitcoin", "lightning", "litecoin",
        "ethereum", "monero", "geo", "ftp", "ftps", "sftp", "gopher", "gemini", "finger", "news", "nntp", "urn", "doi",
        "isbn", "ark", "webcal", "rtsp", "rtmp", "mumble", "ssh", "git",
    }
)  # fmt: skip
_CALLS = frozenset({"tel", "sms", "smsto", "mms", "callto", "facetime", "fax"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?://|www\.)[^\s/]", re.IGNORECASE)
_SUBJECT = re.compile(r"[?&]subject=([^&]*)", re.IGNORECASE)
_SPACE = re.compile(r"\s+")


def words(href: str, shown: str) -> str:
    """Words to add after a link that shows `shown`. Empty if `shown` has the address, or it must stay private."""
    address = invisible.bare(href).strip()[:MAX_CHARS]
    told = _told(address)
    return "" if not told or _is_shown(told, shown) else told


def _told(address: str) -> str:
    if _HOST.match(address):
        return _without_scheme(address.removeprefix("//"))
    found = _SCHEME.fullmatch(address)
    if not found:
        return ""
    scheme, rest = found[1].lower(), found[2]
    if scheme == "mailto":
        return _of_mail(rest)
    if scheme not in SCHEMES:
        return ""
    if scheme in _CALLS:
        return _folded(unquote(rest.removeprefix("//").partition("?")[0]))
    return _folded(f"{scheme}:{rest}")


def _without_scheme(address: str) -> str:
    cleaned = links.clean(f"https://{address}")
    return cleaned.removeprefix("https://").removesuffix("/") if cleaned else ""


def _of_mail(rest: str) -> str:
    """Receivers and subject of a `mailto:` link that cannot be kept, such as one with several receivers."""
    receivers, _, query = rest.partition("?")
    subject = _SUBJECT.search(f"?{query}")
    parts = [
        ", ".join(filter(None, map(str.strip, re.split("[,;]", unquote(receivers))))),
        unquote(subject[1].replace("+", " ")) if subject else "",
    ]
    return _folded(": ".join(filter(None, parts)))


def _folded(text: str) -> str:
    return _SPACE.sub(" ", invisible.bare(text)).strip()


def _is_shown(told: str, shown: str) -> bool:
    if told.lstrip("+").replace("-", "").replace(" ", "").isdigit():
        return _digits(told) in _digits(shown)
    bare = told.partition("?")[0].partition(":")[2] if _SCHEME.fullmatch(told) and " " not in told else told
    seen = _folded(shown).casefold()
    return told.casefold() in seen or (len(bare) > 3 and bare.strip("/").casefold() in seen)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))
