"""Clean the web addresses that a reader sees in a text. Everything else in the text stays as it is."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from intake.text.addresses import cleaning, parts
from intake.text.unicode import invisible
from intake.text.unicode.spaces import Layout

KIND = "tracking"
"""Kind under which a changed address is counted among removed things."""
PASSES = 3
"""Maximum number of passes. Ordinary text needs two: the second changes nothing. A text that needs more is left as it is."""

# Characters that end an address in a text: space, angle brackets, quotation marks, invisible characters, and punctuation of
# scripts that put no space beside it. Joiners do not end an address, because Persian words contain them.
_END = (
    r"\s\x00-\x1f\x7f-\xa0\"<>`\\\u00ab\u00bb\u00ad\u060c\u061b\u061f\u06d4\u0964\u0965\u0f0b-\u0f11\u104a\u104b\u1361-\u1368\u17d4-\u17da"
    r"\u200b\u200e\u200f\u2010-\u206f\u2e00-\u2e7f\u3000-\u3004\u3008-\u3020\u3030\ufe00-\ufe6f\ufeff\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\ud800-\udfff\U000e0000-\U000e0fff"
)
# The end of a Markdown link's text, and the beginning of another address, except within a parameter or path.
_NEXT = r"\]\(|(?<![=/?&*_])https?://"
_HOST = rf"(?:\[[0-9a-f:.]+\]|[^{_END}/?#\[\]]+)"
# In a query, words that are not ASCII end the address, unless a parameter or an encoded character follows. In many scripts no space
# separates an address from the next word.
_QUERY = rf"(?:(?!{_NEXT})[!#-&(-;=?-\]^_a-~]|[^\x00-\x7f{_END}]+(?=&[a-z_]|[+%]))*"
_FULL = rf"https?://{_HOST}(?:/(?:[^{_END}?#\]]|\](?!\())*)?(?:[?#]{_QUERY})?"
# Browsers show addresses without their scheme: `youtu.be/a?si=b`.
_SHORT = rf"(?<![^\s(\[{{<>\"'«“„：（])(?:[a-z0-9-]+\.)+[a-z]{{2,}}(?:/[^{_END}?#=(\[{{]*)?\?{_QUERY}"
_ADDRESS = re.compile(_FULL, re.IGNORECASE)
_ADDRESS_OR_SHORT = re.compile(f"{_FULL}|{_SHORT}", re.IGNORECASE)
_SCHEME = re.compile("https?://", re.IGNORECASE)
_WRITTEN = re.compile("[!-~]*")
_ENDING = re.compile(f"[{_END}]")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
_TRAILING = ".,:;!?'*"
_PAIRS = {")": "(", "]": "[", "}": "{"}


class _Change(NamedTuple):
    start: int
    end: int
    text: str


def clean(text: str, layout: Layout = Layout.LINES) -> invisible.Cleaned:
    """Remove invisible characters from a plain text, and redirects and tracking parameters from its addresses.

    The function is idempotent.
    """
    first = cleaned = invisible.clean(text, layout)
    for _ in range(PASSES):
        removed: Counter[str] = Counter()
        (changed,) = clean_runs([cleaned.text], [None], removed)
        if changed == cleaned.text:
            return cleaned
        again = invisible.clean(changed, layout)
        cleaned = invisible.Cleaned(again.text, cleaned.removed + removed + again.removed, again.flags)
        if again.text == changed:
            return cleaned
    return first


def clean_runs(runs: Sequence[str], links: Sequence[str | None], removed: Counter[str]) -> list[str]:
    """Clean the addresses in the runs of one paragraph, and count them. `links` are the targets of the runs.

    An address may go on in the next run of the same link. It is then written in the run where it begins.
    """
    if not any(map(may_hold_address, runs)):
        return list(runs)
    result: list[str] = []
    start = 0
    for end in range(1, len(runs) + 1):
        if end == len(runs) or links[end] != links[start]:
            result += _group(runs[start:end], removed)
            start = end
    return result


def may_hold_address(text: str) -> bool:
    """Return whether `clean` may find an address in a text, by a quick test."""
    return "://" in text or ("?" in text and "=" in text)


def _group(runs: Sequence[str], removed: Counter[str]) -> Sequence[str]:
    current, count = runs, 0
    for _ in range(PASSES):
        changes = list(_changes("".join(current)))
        if not changes:
            removed.update({KIND: count} if count else {})
            return current
        current, count = list(_applied(current, changes)), count + len(changes)
    return runs


def _changes(text: str) -> Iterator[_Change]:
    """Addresses to replace, from left to right."""
    pattern = _ADDRESS_OR_SHORT if "?" in text and "=" in text else _ADDRESS
    for match in pattern.finditer(text):
        written = _trimmed(match[0])
        for address in _readings(written):
            new = _new(address)
            if new != address:
                yield _Change(match.start(), match.start() + len(address), new)
                break


def _readings(written: str) -> Iterator[str]:
    """Yield the ASCII beginning of an address, then the whole address.

    A redirect has only ASCII in its path, so a word of another script after it must not be taken for a part of it.
    """
    if not written.isascii():
        yield _trimmed(_WRITTEN.match(written)[0])  # type: ignore[index]
    yield written


def _new(written: str) -> str:
    """Address to write instead. An address without scheme gets one only if it leads to another host now."""
    address = written if _SCHEME.match(written) else f"http://{written}"
    cleaned = cleaning.clean(address)
    safe = None if cleaned in (None, address) else parts.safe(cleaned or "")
    if safe is None:
        return written
    shown = _encoded(safe)
    return shown.removeprefix("http://") if address != written and _host(shown) == _host(address) else shown


def _encoded(address: str) -> str:
    """Address with those characters percent-encoded at which it would end in a text."""
    main, sign, rest = address.partition("?")
    return _ENDING.sub(_quoted, main) + sign + _FOREIGN.sub(_quoted, _ENDING.sub(_quoted, rest))


def _quoted(found: re.Match[str]) -> str:
    return quote(found[0], errors="replace")


def _host(address: str) -> str:
    parsed = parts.parse(address)
    return parsed.host if parsed else ""


def _trimmed(address: str) -> str:
    """Address without the punctuation of the sentence around it, and without closing brackets that it does not open."""
    if address[-1:] not in _PAIRS and address[-1:] not in _TRAILING:
        return address
    excess = {close: address.count(close) - address.count(opening) for close, opening in _PAIRS.items()}
    end = len(address)
    while end and (address[end - 1] in _TRAILING or excess.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in excess:
            excess[address[end]] -= 1
    return address[:end]


def _applied(runs: Sequence[str], changes: Sequence[_Change]) -> Iterator[str]:
    """Runs with the changes, whose places count from the start of the first run."""
    offset, number = 0, 0
    for run in runs:
        kept, at, end = [], offset, offset + len(run)
        while number < len(changes) and changes[number].start < end:
            change = changes[number]
            if change.start >= offset:
                kept += [run[max(at - offset, 0) : change.start - offset], change.text]
            at = change.end
            if change.end > end:
                break
            number += 1
        kept.append(run[max(at - offset, 0) :])
        offset = end
        yield "".join(kept)
