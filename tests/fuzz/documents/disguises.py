"""Ways to change the markup of a document without changing its meaning. Planted names must stay hidden in all."""

import io
import re
import zipfile
from collections.abc import Callable
from random import Random

from tests.documents.word_files import unzipped
from tests.fuzz.documents import tokens
from tests.fuzz.documents.sources import READ, is_zip

Disguise = Callable[[Random, list[bytes]], list[bytes]]
"""Function that gets a random generator and the tokens of an XML part, and returns changed tokens."""

# A namespace prefix of an element or attribute, or its declaration. No attribute value has a blank before such a prefix.
_PREFIX = re.compile(rb"([<\s/])(w|text|office|style)(?=:)|(xmlns:)(w|text|office|style)(?==)")
_LETTER = re.compile(rb"[a-z]")


def remark(chance: Random, parts: list[bytes]) -> list[bytes]:
    """An XML comment or processing instruction between two tokens."""
    place = chance.randint(_first(parts), len(parts))
    return [*parts[:place], chance.choice((b"<!-- x -->", b"<?x y?>", b"<!---->")), *parts[place:]]


def describe(chance: Random, parts: list[bytes]) -> list[bytes]:
    """An attribute that has no meaning."""
    place = chance.randint(_first(parts), len(parts))
    if place == len(parts) or not tokens.opens(parts[place]):
        return parts
    token = parts[place]
    return [
        *parts[:place],
        token[:-1] + b' x%d="00AB12"' % chance.getrandbits(40) + token[-1:],
        *parts[place + 1 :],
    ]


def shorten(chance: Random, parts: list[bytes]) -> list[bytes]:
    """Empty elements in their long form, `<a></a>`."""
    found = []
    for token in parts:
        if token[:1] == b"<" and token[-2:] == b"/>" and chance.random() < 0.5:
            found += [token[:-2] + b">", b"</" + token[1:-2].split()[0] + b">"]
        else:
            found.append(token)
    return found


def space(chance: Random, parts: list[bytes]) -> list[bytes]:
    """Spaces and line ends inside of tags."""
    gap = chance.choice((b" ", b"\n", b"\r\n\t"))
    first = _first(parts)
    return [
        token[:-1] + gap + token[-1:]
        if place >= first and tokens.opens(token) and chance.random() < 0.3
        else token
        for place, token in enumerate(parts)
    ]


def refer(chance: Random, parts: list[bytes]) -> list[bytes]:
    """The first letter of some texts as a character reference."""
    return [
        _LETTER.sub(lambda found: b"&#%d;" % found[0][0], token, count=1)
        if token[:1] != b"<" and token[:1] != b"&" and chance.random() < 0.3
        else token
        for token in parts
    ]


def prefix(chance: Random, parts: list[bytes]) -> list[bytes]:
    """Other prefixes for the namespaces."""
    added = chance.choice((b"x", b"ns0", b"W"))

    def longer(found: re.Match[bytes]) -> bytes:
        before, name = found[1] or found[3], found[2] or found[4]
        return before + added + name

    return [_PREFIX.sub(longer, token) if token[:1] == b"<" else token for token in parts]


DISGUISES: tuple[Disguise, ...] = (remark, describe, shorten, space, refer, prefix)


def disguise(chance: Random, files: list[bytes]) -> bytes:
    """One of the files, written differently in one to three ways."""
    data = chance.choice(files)
    if not is_zip(data):
        return _rtf(chance, data) if data.startswith(b"{\\rt") else data
    parts = unzipped(data)
    for name in [name for name in parts if name.startswith(READ) and name.endswith(".xml")]:
        found = tokens.split(parts[name])
        for _ in range(chance.randint(0, 3)):
            found = chance.choice(DISGUISES)(chance, found)
        parts[name] = b"".join(found)
        if chance.random() < 0.1:
            parts[name] = _utf16(parts[name])
    return _repacked(chance, parts)


def _rtf(chance: Random, data: bytes) -> bytes:
    """An RTF file with line ends and revision marks between its tokens."""
    found = tokens.split(data)
    for _ in range(chance.randint(1, 8)):
        # Only before braces: elsewhere, new bytes could become part of a control word, its number, or the text that \u skips.
        places = [place for place, token in enumerate(found) if place > 2 and token in (b"{", b"}")]
        place = chance.choice(places)
        found.insert(place, chance.choice((b"\r\n", b"\n", b"{}", b"{\\*\\unknown x}")))
    return b"".join(found)


def _utf16(part: bytes) -> bytes:
    text = part.decode().removeprefix("\ufeff")
    return re.sub(r"^<\?xml[^>]*\?>", "", text).encode("utf-16")


def _repacked(chance: Random, parts: dict[str, bytes]) -> bytes:
    """A ZIP file with the parts in another order, packed or not, beside others.

    Its times are fixed, so that a seed gives the same bytes.
    """
    names = list(parts)
    chance.shuffle(names)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name in names:
            kind = zipfile.ZIP_STORED if chance.random() < 0.2 else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name), parts[name], kind)
        if chance.random() < 0.3:
            file.writestr(zipfile.ZipInfo("x/LEAKpart.xml"), "<LEAKpart/>")
    return out.getvalue()


def _first(parts: list[bytes]) -> int:
    """Place of the first token after the declaration and the root element's tag."""
    return next((place + 1 for place, token in enumerate(parts) if tokens.opens(token)), len(parts))
