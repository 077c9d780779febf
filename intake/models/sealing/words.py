"""Attributes of models whose words are stored sealed.

A model has two attributes for each: `title_sealed` is the column, and `title` the plain words. Words are decrypted when they
are read, and encrypted when the row is written. The associated data names table, column, submission and row, so a value that
was moved elsewhere does not open.
"""

import json
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, overload

from sqlalchemy import BigInteger, Connection, Uuid, event, func, select
from sqlalchemy.orm import Mapper, QueryContext, Session, object_session

from intake.crypto import KeyFault
from intake.keys.sealed_words import beginning_of, clear, is_clear, open_words, seal_words
from intake.models.sealing.key_ring import KeyRing, Scope, keyed_term, ring_of

T = TypeVar("T")
SUFFIX = "_sealed"


class UnsealedWords:
    """Words that were set and are not sealed yet. The database driver refuses this type, so they are never stored in clear."""

    def __init__(self, words: Any) -> None:
        self.words = words


class SealedWords(Generic[T]):
    """Words of a model in the column `NAME_sealed`. None is stored as NULL.

    `scope` is the key that seals them, or a function that returns it for a row. With `in_parts`, the beginning of a long
    text can be opened alone.
    """

    def __init__(
        self, scope: Scope | Callable[[Any], Scope] = Scope.SUBMISSION, *, in_parts: bool = False
    ) -> None:
        self._scope, self._in_parts = scope, in_parts

    def __set_name__(self, owner: type, name: str) -> None:
        """Note the name of the attribute."""
        self._name, self.attribute = name, f"{name}{SUFFIX}"

    @overload
    def __get__(self, row: None, owner: type) -> Self: ...
    @overload
    def __get__(self, row: object, owner: type) -> T: ...
    def __get__(self, row: Any, owner: type) -> Any:
        """Return the words of a row. Raises KeyFault if this process cannot open them."""
        if row is None:
            return self
        stored = getattr(row, self.attribute)
        if stored is None:
            return None
        if isinstance(stored, UnsealedWords):
            return stored.words
        opened = row.__dict__.setdefault("_opened", {})
        if self._name not in opened or opened[self._name][0] is not stored:
            opened[self._name] = (stored, self._open(_ring(row), object_session(row), stored, row))
        return opened[self._name][1]

    def __set__(self, row: Any, words: T) -> None:
        """Change the words. They are sealed when the row is written."""
        known = row.__dict__.get("_opened", {}).get(self._name)
        is_same = isinstance(words, str) and known is not None and known[1] == words
        if not (is_same and row.__dict__.get(self.attribute) is known[0]):
            setattr(row, self.attribute, None if words is None else UnsealedWords(words))

    def beginning(self, session: Session, start: bytes | None, **row: Any) -> str:
        """Open the beginning of a text from its first BEGINNING_BYTES stored bytes. `row` is as for `opened`."""
        if start is None or is_clear(start):
            return clear(start or b"")
        key, place = self._key_and_place(ring_of(session), session, _Named(self._owner, row))
        return beginning_of(key, start, place) if key else ""

    def opened(self, session: Session, stored: bytes | None, **row: Any) -> T:
        """Open a value that a query read as a single column. `row` has the attributes in SEALED_UNDER and NAMED_BY."""
        if stored is None:
            return None  # type: ignore[return-value]  # NULL only where T allows it
        return self._open(ring_of(session), session, stored, _Named(self._owner, row))

    def sealed(self, session: Session, words: T, **row: Any) -> bytes:
        """Seal words for an INSERT or UPDATE without an instance. `row` has the attributes in SEALED_UNDER and NAMED_BY."""
        return self._seal(ring_of(session), session, words, _Named(self._owner, row))

    def seal_pending(self, session: Session | None, row: Any) -> None:
        """Seal words of a row that were set since it was written."""
        pending = row.__dict__.get(self.attribute)
        if isinstance(pending, UnsealedWords):
            stored = self._seal(_ring(row), session, pending.words, row)
            setattr(row, self.attribute, stored)
            row.__dict__.setdefault("_opened", {})[self._name] = (stored, pending.words)

    def seal_again(self, row: Any) -> None:
        """Seal words that are stored in clear. Raises KeyFault if this process cannot."""
        setattr(row, self.attribute, UnsealedWords(self.__get__(row, type(row))))
        self.seal_pending(object_session(row), row)

    _owner: "type[WithWords]"

    def _open(self, ring: KeyRing, session: Session | None, stored: bytes, row: Any) -> T:
        if is_clear(stored):
            return self._from_text(clear(stored))
        key, place = self._key_and_place(ring, session, row)
        return self._from_text(open_words(key, stored, place) if key else "")

    def _seal(self, ring: KeyRing, session: Session | None, words: T, row: Any) -> bytes:
        key, place = self._key_and_place(ring, session, row)
        if key is None:
            raise KeyFault("The key of this submission is destroyed.")
        return seal_words(key, self._to_text(words), place, in_parts=self._in_parts)

    def _key_and_place(self, ring: KeyRing, session: Session | None, row: Any) -> tuple[bytes | None, str]:
        submission_id = getattr(row, row.SEALED_UNDER) if row.SEALED_UNDER else None
        key = ring.key(
            session, self._scope if isinstance(self._scope, Scope) else self._scope(row), submission_id
        )
        named = [str(getattr(row, name)) for name in row.NAMED_BY]
        return key, " ".join([f"{row.__tablename__}.{self._name}", str(submission_id or ""), *named])

    def _from_text(self, text: str) -> T:
        return text  # type: ignore[return-value]  # T is str here

    def _to_text(self, words: T) -> str:
        return str(words)


class KeyedWords(SealedWords[T]):
    """Sealed words with a keyed hash in the column `term`, for lookups. A list of words has a list of hashes.

    Only the desk and workers can set them.
    """

    def __init__(self, scope: Scope, term: str) -> None:
        super().__init__(scope)
        self._term = term

    def __set__(self, row: Any, words: T) -> None:
        """Change the words and their hash."""
        super().__set__(row, words)
        setattr(row, self._term, self._hashed(words))

    def seal_again(self, row: Any) -> None:
        """Seal words that are stored in clear, and hash them."""
        setattr(row, self._term, self._hashed(self.__get__(row, type(row))))
        super().seal_again(row)

    def _hashed(self, words: Any) -> Any:
        return None if words is None else keyed_term(words)


class KeyedList(KeyedWords[list[str]]):
    """List of words, each with a hash. Returns [] if the value is empty or its key was destroyed."""

    def _from_text(self, text: str) -> list[str]:
        found: list[str] = json.loads(text or "[]")
        return found

    def _to_text(self, words: list[str]) -> str:
        return json.dumps(words, ensure_ascii=False)

    def _hashed(self, words: Any) -> list[int]:
        return [keyed_term(word) for word in words]


class SealedJson(SealedWords[T]):
    """JSON value. Returns {} if the value is empty or its key was destroyed."""

    def _from_text(self, text: str) -> T:
        found: T = json.loads(text or "{}")
        return found

    def _to_text(self, words: T) -> str:
        return json.dumps(words, ensure_ascii=False)


class WithWords:
    """A model with sealed words.

    SEALED_UNDER is the attribute with the id of the submission whose key seals them, or "" for words of no submission.
    NAMED_BY are the attributes that identify a row, besides its submission. WORDS are the sealed attributes.
    """

    if TYPE_CHECKING:
        id: Any

    SEALED_UNDER: ClassVar[str] = "submission_id"
    NAMED_BY: ClassVar[tuple[str, ...]] = ("id",)
    WORDS: ClassVar[tuple[SealedWords[Any], ...]] = ()

    def __init_subclass__(cls, **options: Any) -> None:
        """Collect the sealed attributes of a model in WORDS, and set the model as their owner."""
        super().__init_subclass__(**options)
        cls.WORDS = tuple(one for one in vars(cls).values() if isinstance(one, SealedWords))
        for words in cls.WORDS:
            words._owner = cls


class _Named:
    """Stand-in for a row of which only the attributes in SEALED_UNDER and NAMED_BY are known."""

    def __init__(self, model: type[WithWords], values: dict[str, Any]) -> None:
        self.__dict__.update(values)
        self._model = model

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def _ring(row: Any) -> KeyRing:
    session = object_session(row)
    ring: KeyRing = ring_of(session) if session else row.__dict__.setdefault("_ring", KeyRing())
    return ring


@event.listens_for(WithWords, "load", propagate=True)
def _note_loaded(row: WithWords, context: QueryContext) -> None:
    """Let a loaded row keep the keys of its session, and load the keys of all rows together later."""
    ring = row.__dict__["_ring"] = ring_of(context.session)
    # Read from `__dict__`, because access to the attribute would run a query if it was not loaded.
    submission_id = row.__dict__.get(row.SEALED_UNDER)
    if submission_id is not None:
        ring.meet([submission_id])


@event.listens_for(WithWords, "before_insert", propagate=True)
@event.listens_for(WithWords, "before_update", propagate=True)
def _seal_row(mapper: Mapper[Any], connection: Connection, row: WithWords) -> None:
    if any(isinstance(row.__dict__.get(one.attribute), UnsealedWords) for one in row.WORDS):
        if "id" in row.NAMED_BY and row.id is None:
            row.id = _new_id(mapper, connection)
        for one in row.WORDS:
            one.seal_pending(object_session(row), row)


def _new_id(mapper: Mapper[Any], connection: Connection) -> Any:
    """Return an id for a new row before it is written, because the associated data of its words contains the id."""
    column = mapper.local_table.c.id
    if isinstance(column.type, Uuid):
        return uuid.uuid4()
    sequence = func.pg_get_serial_sequence(column.table.name, column.name)
    return connection.scalar(select(func.nextval(sequence, type_=BigInteger)))
