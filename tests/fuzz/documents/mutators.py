"""Ways to corrupt a document, each reproducible from its random generator."""

import re
from collections.abc import Callable
from random import Random

from tests.documents.word_files import unzipped, zipped
from tests.fuzz.documents import tokens
from tests.fuzz.documents.sources import is_zip
from tests.fuzz.photos import mutators as of_bytes

Mutator = Callable[[Random, list[bytes]], list[bytes]]
"""Function that gets a random generator and the tokens of a part, and returns changed tokens."""

LARGEST = 4_000_000
"""Maximum bytes of a part after a mutation."""
_FEW, _MANY = (2, 2, 3, 20), (300, 3_000)
_RARELY = 0.02
_NUMBER = re.compile(rb"-?\d+")
_NUMBERS = (b"0", b"-1", b"1", b"9", b"16", b"255", b"65536", b"999999999", b"2147483648", b"9" * 30)
_NAME = re.compile(rb"<([^\s<>/]+)")
_VALUE = re.compile(rb'"[^"]*"')
_VALUES = (
    b'""',
    b'"0"',
    b'"-1"',
    b'"none"',
    b'"true"',
    b'"auto"',
    b'"x"',
    b'"\xd9\xa1"',
    b'"../../x"',
    b'"#"',
    b'"&#38;&#60;"',
)


def delete(chance: Random, parts: list[bytes]) -> list[bytes]:
    """The tokens without one element."""
    start, end = tokens.whole(chance, parts)
    return parts[:start] + parts[end:]


def repeat(chance: Random, parts: list[bytes]) -> list[bytes]:
    """One element a few times, rarely many times."""
    start, end = tokens.whole(chance, parts)
    times = chance.choice(_MANY if chance.random() < _RARELY else _FEW)
    return parts[:start] + parts[start:end] * times + parts[end:]


def move(chance: Random, parts: list[bytes]) -> list[bytes]:
    """A copy of one element at the place of another one."""
    start, end = tokens.whole(chance, parts)
    place, _ = tokens.whole(chance, parts)
    return parts[:place] + parts[start:end] + parts[place:]


def nest(chance: Random, parts: list[bytes]) -> list[bytes]:
    """One element inside of itself, a few or many times."""
    start, end = tokens.whole(chance, parts)
    if end - start < 2:
        return parts
    times = chance.choice((1, 2, 5, 60))
    inner = parts[start + 1 : end - 1]
    return [*parts[:start], *[parts[start]] * times, *inner, *[parts[end - 1]] * times, *parts[end:]]


def rename(chance: Random, parts: list[bytes]) -> list[bytes]:
    """One element under the name and attributes of another one."""
    start, end = tokens.whole(chance, parts)
    other = parts[tokens.whole(chance, parts)[0]]
    name = _NAME.match(other)
    if end - start < 2 or not name or not tokens.opens(other):
        return parts
    return [*parts[:start], other, *parts[start + 1 : end - 1], b"</" + name[1] + b">", *parts[end:]]


def revalue(chance: Random, parts: list[bytes]) -> list[bytes]:
    """One attribute or number with an odd value, or with that of another element."""
    place = chance.randrange(len(parts))
    values = _VALUE.findall(chance.choice(parts))
    value = chance.choice([*values, *_VALUES])
    token = parts[place]
    if chance.random() < 0.5:
        token = _NUMBER.sub(lambda _: chance.choice(_NUMBERS), token, count=1)
    else:
        token = _VALUE.sub(lambda _: value, token, count=chance.randint(1, 3))
    return [*parts[:place], token, *parts[place + 1 :]]


def shuffle(chance: Random, parts: list[bytes]) -> list[bytes]:
    """Two tokens swapped. Most parts are no longer well-formed then."""
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    swapped = list(parts)
    swapped[one], swapped[other] = parts[other], parts[one]
    return swapped


def scratch(chance: Random, parts: list[bytes]) -> list[bytes]:
    """One byte of a token replaced."""
    place = chance.randrange(len(parts))
    token = bytearray(parts[place])
    if token:
        token[chance.randrange(len(token))] = chance.choice(
            (0, 9, 32, 34, 38, 59, 60, 92, 123, 127, 200, 255)
        )
    return [*parts[:place], bytes(token), *parts[place + 1 :]]


MUTATORS: tuple[Mutator, ...] = (delete, repeat, move, nest, rename, revalue, revalue, shuffle, scratch)


def mutate(chance: Random, files: list[bytes]) -> bytes:
    """One of the files, corrupted in one to four ways: its tokens, its parts, or its bytes."""
    data, other = chance.choice(files), chance.choice(files)
    if chance.random() < 0.15:
        return _bytes(chance, data, other)
    if not is_zip(data):
        return _tokens(chance, data)
    parts = unzipped(data)
    if chance.random() < 0.15:
        parts = _parts(chance, parts, other)
    names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    for _ in range(chance.choice((1, 1, 1, 2))):
        # The largest parts hold the text and its styles.
        names.sort(key=lambda name: -len(parts[name]))
        name = names[min(int(chance.expovariate(0.4)), len(names) - 1)]
        parts[name] = _tokens(chance, parts[name])
    return zipped(parts)


def _tokens(chance: Random, data: bytes) -> bytes:
    found = tokens.split(data)
    for _ in range(chance.randint(1, 4)):
        if found and sum(map(len, found)) <= LARGEST:
            found = chance.choice(MUTATORS)(chance, found)
    return b"".join(found)[:LARGEST]


def _parts(chance: Random, parts: dict[str, bytes], other: bytes) -> dict[str, bytes]:
    """Parts with one removed, two swapped, or one taken from another file."""
    one, two = chance.choice(list(parts)), chance.choice(list(parts))
    match chance.randrange(4):
        case 0 if len(parts) > 1:
            return {name: part for name, part in parts.items() if name != one}
        case 1:
            return parts | {one: parts[two], two: parts[one]}
        case 2 if is_zip(other):
            found = unzipped(other)
            name = chance.choice(list(found))
            return parts | {name: found[name]}
        case _:
            return parts | {one.upper(): parts[two]}


def _bytes(chance: Random, data: bytes, other: bytes) -> bytes:
    for _ in range(chance.randint(1, 4)):
        data = chance.choice((of_bytes.flip, of_bytes.truncate, of_bytes.splice))(chance, data, other)
    return data
