"""Clean one web address: unwrap nested redirects, then drop parameters that identify a reader."""

from intake.text.addresses import parts, redirects, tracking
from intake.text.unicode import invisible

ROUNDS = 12
"""Maximum number of nested redirects. If there are more, none is unwrapped."""
# Archives find a page only by the whole address under which they stored it, so these addresses stay unchanged.
_ARCHIVES = frozenset(
    [
        "web.archive.org",
        "archive.org",
        "archive.ph",
        "archive.is",
        "archive.today",
        "archive.md",
        "archive.li",
        "archive.vn",
        "archive.fo",
        "perma.cc",
        "webcitation.org",
        "arquivo.pt",
        "webarchive.nationalarchives.gov.uk",
        "webarchive.loc.gov",
    ]
)


def clean(raw: str) -> str | None:
    """Address without redirects and tracking parameters, unchanged if it has none. The function is idempotent.

    None if it is wrapped too deep. The result may be of any scheme, so the caller must check it.
    """
    plain = raw
    for _ in range(ROUNDS):
        address = parts.parse(plain)
        if address is None or not _ARCHIVES.isdisjoint(address.names):
            return plain
        inner = redirects.target(address)
        if inner is None:
            left = tracking.dropped(address)
            if left == address:
                return plain
            plain = str(left)
        else:
            plain = invisible.bare(inner).strip()
    return None
