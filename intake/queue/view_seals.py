"""Name and filters of saved views, sealed. Only the desk and workers have the key, which follows from the application secret."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from intake.crypto import KeyFault, keyring, seal, unseal
from intake.db import transaction
from intake.models import View
from intake.models.sealing.clear_words import ClearWords

PURPOSE = "saved views"
"""Purpose of the subkey of the application secret. Processes that serve only contributors do not get this subkey."""


@dataclass(frozen=True, repr=False)
class ViewWords:
    """Name and query parameters of a view, as the editor typed them."""

    name: str
    filters: Mapping[str, str]


def seal_view(view: View, words: ViewWords) -> None:
    """Store name and filters of a view sealed, and a hash of the name, so that an editor uses each name once.

    Raises KeyFault in a process that serves only contributors.
    """
    key = keyring().subkey(PURPOSE)
    plain = json.dumps({"name": words.name, "filters": dict(words.filters)}, ensure_ascii=False)
    view.sealed = seal(key, plain.encode(), _context(view))
    view.name_hash = _name_hash(view, words.name)
    view.name = view.filters = None


def open_view(view: View) -> ViewWords | None:
    """Return name and filters of a view, or None if another application secret sealed it.

    Raises KeyFault in a process that serves only contributors.
    """
    if view.sealed is None:
        return ViewWords(view.name or "", view.filters or {})
    key = keyring().subkey(PURPOSE)
    try:
        return ViewWords(**json.loads(unseal(key, view.sealed, _context(view))))
    except KeyFault:
        return None


def _name_hash(view: View, name: str) -> bytes:
    return hmac.digest(keyring().subkey(PURPOSE), _context(view) + b"\0" + name.encode(), sha256)


def _context(view: View) -> bytes:
    return b"view of editor %d" % view.editor_id


def is_needed(session: Session) -> bool:
    """Return whether there are views in clear, from before they were sealed."""
    return bool(session.scalar(select(exists().where(View.sealed.is_(None)))))


def seal_all() -> int:
    """Seal the views that are in clear. Returns their number.

    Dead rows of the table still hold the words. The row in `clear_words` makes `sealing.seal_all` rewrite the table once
    no older transaction can see these rows. Raises DatabaseUnavailable.
    """
    with transaction() as session:
        found = session.scalars(select(View).where(View.sealed.is_(None)).with_for_update()).all()
        taken = set(session.scalars(select(View.name_hash)))
        for view in found:
            name = view.name or ""
            # The editor may have used the name again since the upgrade.
            while _name_hash(view, name) in taken:
                name += " (2)"
            seal_view(view, ViewWords(name, view.filters or {}))
        if found:
            session.merge(ClearWords(name=View.__tablename__))
    return len(found)
