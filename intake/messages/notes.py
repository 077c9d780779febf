"""Notes of editors about a submission, and mentions of colleagues in them."""

import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from intake.lifecycle import IllegalMove
from intake.models import Editor, Note, record
from intake.models.lookup import locked
from intake.notifications.notify import notify
from intake.queue.claims import keep_claim
from intake.queue.search_index import index

# Combining marks of Latin, Greek and Cyrillic letters. The vowel signs of other scripts are not among them.
ACCENTS = re.compile("[\u0300-\u036f]")


def write_note(session: Session, submission_id: uuid.UUID, editor: Editor, body: str) -> Note:
    """Store a note and notify the editors whom it mentions.

    Raises NotFound, or IllegalMove once the submission is purged.
    """
    submission = locked(session, submission_id)
    if submission.status == "purged":
        raise IllegalMove("cannot write a note about a deleted submission")
    others = select(Editor.id, Editor.name).where(Editor.active, Editor.id != editor.id).order_by(Editor.id)
    people = {row.id: row.name for row in session.execute(others)}
    note = Note(submission_id=submission.id, editor_id=editor.id, body=body, mentions=mentioned(body, people))
    session.add(note)
    session.flush()
    for who in note.mentions:
        notify(session, who, submission, "mentioned")
    index(session, submission)
    keep_claim(session, submission, editor)
    record(session, "note.written", submission, actor=editor, note=note.id)
    return note


def mentioned(text: str, people: Mapping[int, str]) -> list[int]:
    """Return the ids of the people whom the text mentions, in the order of `people` (id → name).

    A mention is @ and the whole name. The first word of a name is enough if no other name begins with it.
    Upper and lower case are equal. Accents may be missing if no other name is equal without them.
    """
    found = {number for spell in SPELLINGS for number in _mentioned(text, people, spell)}
    return [number for number in people if number in found]


def missed_mentions(session: Session, note: Note) -> list[str]:
    """Return the words after an @ in a note that notified nobody, each once and with the @."""
    names = session.scalars(select(Editor.name).where(Editor.id.in_(note.mentions)))
    return unknown_mentions(note.body, names.all())


def unknown_mentions(text: str, names: Sequence[str]) -> list[str]:
    """Return the words after an @ that mention none of `names`, each once and with the @.

    An @ inside a word, as in a mail address, is no mention.
    """
    others = "".join(" " if is_mention else part for part, is_mention in split_mentions(text, names))
    return list(dict.fromkeys(re.findall(r"(?<!\w)@\w+", others)))


def split_mentions(text: str, names: Sequence[str]) -> list[tuple[str, bool]]:
    """Split a text into pairs (part, whether the part mentions one of `names`).

    Names match whole or by their first word, with or without accents.
    """
    called = {_plain(word) for name in names for word in (name, *name.split()[:1])} - {""}
    if not called:
        return [(text, False)]
    pattern = re.compile(f"@(?:{'|'.join(map(re.escape, sorted(called, key=len, reverse=True)))})(?!\\w)")
    plain = [(_plain(character), place) for place, character in enumerate(text)]
    places = [place for said, place in plain for _ in said] + [len(text)]
    ends = [0]
    for match in pattern.finditer("".join(said for said, _ in plain)):
        ends += [places[match.start()], places[match.end()]]
    parts = [(text[start:end], bool(n % 2)) for n, (start, end) in enumerate(pairwise([*ends, len(text)]))]
    return [part for part in parts if part[0]]


def _mentioned(text: str, people: Mapping[int, str], spell: Callable[[str], str]) -> set[int]:
    """Return the ids of the people whose name is mentioned, after `spell` normalized the text and the names.

    A normalized whole name must belong to one name only, a normalized first word to one person only.
    """
    said = spell(text)
    names = {number: name.casefold() for number, name in people.items() if name.strip()}
    whole = Counter(map(spell, set(names.values())))
    first = Counter(spell(name.split()[0]) for name in names.values())
    return {
        number
        for number, name in names.items()
        if any(
            counted[word] == 1 and _contains_mention(said, word)
            for word, counted in ((spell(name), whole), (spell(name.split()[0]), first))
        )
    }


def _contains_mention(said: str, name: str) -> bool:
    """Return whether the text contains `@name`, except as the beginning of a longer word."""
    return re.search(f"@{re.escape(name)}(?!\\w)", said) is not None


def _plain(text: str) -> str:
    """Return a text in lower case and without the accents of Latin, Greek and Cyrillic letters."""
    return ACCENTS.sub("", unicodedata.normalize("NFD", text)).casefold()


# Exact accents are tried first, so that they tell apart two names that differ only in accents.
SPELLINGS: tuple[Callable[[str], str], ...] = (str.casefold, _plain)
