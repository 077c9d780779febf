"""Names under which rules know a host: `www.google.co.uk` is `google.co.uk` and `google.*` as well."""

from collections.abc import Iterator
from functools import lru_cache

# RFC 1035, section 2.3.4.
MAX_CHARS = 253
# Second labels of national domains that do not name a site: `google.co.uk`, `google.com.br`.
_SHARED = frozenset({"ac", "co", "com", "edu", "gov", "net", "ne", "or", "org"})


def names(host: str) -> tuple[str, ...]:
    """Names of a host in lower case: itself, its parent domains, and each of them with `*` for the ending.

    Longer names come first. Returns no name for a host that no server can have.
    """
    return _names(host) if len(host) <= MAX_CHARS + len(":65535") else ()


@lru_cache(maxsize=1024)
def _names(host: str) -> tuple[str, ...]:
    labels = host.lower().partition(":")[0].rstrip(".").split(".")
    return tuple(_forms(labels)) if len(labels) > 1 and all(labels) else ()


def _forms(labels: list[str]) -> Iterator[str]:
    ending = 2 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SHARED else 1
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])
        if start < len(labels) - ending:
            yield ".".join([*labels[start:-ending], "*"])
