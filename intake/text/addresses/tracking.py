"""Drop parameters of a web address that identify a reader: those of rules.json and of `additions`."""

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from intake.text.addresses import additions
from intake.text.addresses.parts import Address, parameter_name

_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[\w.!~-]*", re.IGNORECASE | re.ASCII)
_SESSION_NUMBER = re.compile("[0-9a-fA-F]{16,64}")
_AMAZON = re.compile(r"/ref=[\w.~-]*(?=/|$)", re.ASCII)
_TEXT_FRAGMENT = ":~:"


class _Rules:
    """Rules of rules.json and `additions`, indexed."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.everywhere = additions.EVERYWHERE.union(data["everywhere"].split())
        self.exceptions = {name: frozenset(hosts.split()) for name, hosts in data["except"].items()}
        self.hosts: dict[str, frozenset[str]] = {
            host: frozenset(f"{data['hosts'].get(host, '')} {additions.HOSTS.get(host, '')}".split())
            for host in data["hosts"].keys() | additions.HOSTS.keys()
        }
        self.paths: dict[str, list[tuple[str, frozenset[str]]]] = {
            host: [(path, frozenset(names.split())) for path, names in places.items()]
            for host, places in data["paths"].items()
        }


@cache
def _rules() -> _Rules:
    return _Rules(json.loads(files("intake.text.addresses").joinpath("rules.json").read_bytes()))


def prepare() -> None:
    """Load the rules, because a sandboxed process can open no file."""
    _rules()


def dropped(address: Address) -> Address:
    """Address without parameters, session numbers and text fragments that identify a reader.

    Parameters in the fragment are dropped, too. All other parts stay exactly as written.
    """
    if (
        address.query is None
        and address.fragment is None
        and ";" not in address.path
        and "/ref=" not in address.path
    ):
        return address
    path = address.path
    if ";" in path:
        path = _SESSION.sub("", path)
    if "/ref=" in path and "amazon.*" in address.names:
        path = _AMAZON.sub("", path)
    query = None if address.query is None else _kept(address.query, address)
    return address._replace(path=path, query=query, fragment=_fragment(address))


def _fragment(address: Address) -> str | None:
    if not address.fragment:
        return address.fragment
    anchor = address.fragment.partition(_TEXT_FRAGMENT)[0]
    if "=" in anchor:
        # Single-page applications write their path and query into the fragment: `#/page?a=1`.
        page, sign, query = anchor.rpartition("?")
        kept = _kept(query, address)
        anchor = f"{page}{sign if kept else ''}{kept or ''}"
    return anchor or None


def _kept(query: str, address: Address) -> str | None:
    """Query without the parameters to drop. None if no parameter is left, unchanged if none is dropped."""
    parts = query.split("&")
    kept = [part for part in parts if not _is_tracking(part, address)]
    return query if len(kept) == len(parts) else "&".join(kept).removeprefix("amp;") or None


def _is_tracking(part: str, address: Address) -> bool:
    name = parameter_name(part)
    return (
        _is_tracking_everywhere(name.lower(), address.names)
        or name in _of_host(address.names)
        or (name.lower() in additions.MAIL and _holds_mail(part))
        or (
            name.lower() in additions.SESSIONS
            and _SESSION_NUMBER.fullmatch(part.partition("=")[2]) is not None
        )
        or any(address.path.startswith(path) and name in names for path, names in _of_paths(address.names))
    )


def _holds_mail(part: str) -> bool:
    value = unquote(part)
    return "@" in value or "%40" in value


def _is_tracking_everywhere(name: str, hosts: tuple[str, ...]) -> bool:
    if name.startswith(additions.PREFIXES) or name in additions.EVERYWHERE:
        return True
    return name in _rules().everywhere and _rules().exceptions.get(name, frozenset()).isdisjoint(hosts)


@lru_cache(maxsize=1024)
def _of_host(hosts: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(_rules().hosts.get(host, frozenset()) for host in hosts))


@lru_cache(maxsize=1024)
def _of_paths(hosts: tuple[str, ...]) -> list[tuple[str, frozenset[str]]]:
    return [rule for host in hosts for rule in _rules().paths.get(host, [])]
