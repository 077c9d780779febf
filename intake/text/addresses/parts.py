"""Parts of a web address, and the check that an address is safe to link."""

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

from intake.text.addresses import hosts
from intake.text.unicode import invisible

# Expression of RFC 3986, appendix B, but both slashes are required: `https:evil.example` is not accepted.
_WEB = re.compile(r"(https?)://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[^\s\x00-\x20\"'%<>@\[\]\\^`{|}:]+)(?::\d{1,5})?")
_MAIL = re.compile(
    r"mailto:([^\s?&,;:<>\"'\\@/]+@[^\s?&,;:<>\"'\\@/]+)(?:\?(.*))?", re.IGNORECASE | re.DOTALL
)
_UNSAFE = re.compile(r"[\s\"'<>`{|}^]")
_SCHEMES = ("https://", "http://", "mailto:")
_BYTE = re.compile("%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
_PORTS = {"http": ":80", "https": ":443"}
_PUNCTUATION = ".,:;!?'*)]}"
MAX_SUBJECT = 200
"""Maximum number of characters of the subject in a mailto address."""


class Address(NamedTuple):
    """A web address without user name and password. `query` and `fragment` are None if the address has none."""

    scheme: str
    host: str
    path: str
    query: str | None
    fragment: str | None

    @property
    def rest(self) -> str:
        """Everything after the host."""
        return f"{self.path}{_after('?', self.query)}{_after('#', self.fragment)}"

    @property
    def parameters(self) -> dict[str, str]:
        """Decoded names of parameters in lower case → encoded values. The first of equal names counts."""
        parts = reversed((self.query or "").split("&"))
        return {parameter_name(part).lower(): part.partition("=")[2] for part in parts}

    def __str__(self) -> str:
        """The address as it was parsed."""
        return f"{self.scheme}://{self.host}{self.rest}"

    @property
    def names(self) -> tuple[str, ...]:
        """Names under which rules know the host."""
        return hosts.names(self.host)


def _after(sign: str, part: str | None) -> str:
    return "" if part is None else sign + part


# An address is cleaned, stored and verified one after the other, and each step parses it.
@lru_cache(maxsize=256)
def parse(text: str) -> Address | None:
    """Parts of an absolute http or https address. None for any other string."""
    found = _WEB.fullmatch(text)
    return Address(*found.groups()) if found and "\\" not in text and _HOST.fullmatch(found[2]) else None


def parameter_name(part: str) -> str:
    """Decoded name of a parameter such as `a=1`.

    HTML in plain text leaves `amp;` before it. A parameter without value may end a sentence: `fbclid.`
    """
    name, sign, _ = part.partition("=")
    name = (name if sign else name.rstrip(_PUNCTUATION)).removeprefix("amp;")
    return unquote(name) if "%" in name else name


def safe(href: str) -> str | None:
    """Address in the form in which it is stored, or None if it must not be linked.

    Allowed are absolute http, https and mailto addresses. Of a mailto address the subject stays.
    """
    if href[:7].lower() == "mailto:":
        return _mail(href)
    address = parse(href)
    if address is None:
        return None
    if not address.scheme.islower() or "" in (address.query, address.fragment):
        address = address._replace(
            scheme=address.scheme.lower(), query=address.query or None, fragment=address.fragment or None
        )
        href = str(address)
    return _UNSAFE.sub(_escaped, href)


def normal(href: str) -> str:
    """Safe address in a normal form. Different spellings of an address could otherwise identify the reader of a copy.

    The host is in lower case, without the default port. Only characters that need it are percent-encoded.
    """
    address = parse(href)
    if address is None:
        return href
    host = address.host.lower().removesuffix(_PORTS[address.scheme])
    written = str(address._replace(host=host))
    return _BYTE.sub(_shortest, written) if "%" in written else written


def is_safe(href: str) -> bool:
    """Return whether a stored address may be linked. Unlike `safe`, this ignores rules that may change."""
    if not href.startswith(_SCHEMES) or _UNSAFE.search(href) or invisible.bare(href) != href:
        return False
    return _mail(href) == href if href.startswith("mailto:") else parse(href) is not None


def _shortest(found: re.Match[str]) -> str:
    """Escaped byte: the letter or digit itself, otherwise in capitals (RFC 3986, section 6.2.2)."""
    char = chr(int(found[1], 16))
    return char if char in _UNRESERVED else found[0].upper()


def _escaped(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode())


def _mail(href: str) -> str | None:
    found = _MAIL.fullmatch(href)
    if not found:
        return None
    subject = next(
        (
            part.partition("=")[2]
            for part in (found[2] or "").split("&")
            if parameter_name(part).lower() == "subject"
        ),
        "",
    )
    words = " ".join(invisible.bare(unquote(subject)).split())[:MAX_SUBJECT].strip()
    asked = f"?subject={quote(words, safe='', errors='replace')}" if words else ""
    return f"mailto:{_UNSAFE.sub('', found[1])}{asked}"
