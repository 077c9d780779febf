"""Updates for an open edit page: who else edits, who asked to edit alone, and what others have saved."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, session
from flask_login import current_user

from intake.errors import NotFound
from intake.queue.presence import Keeper, present_editors, text_keeper
from intake.review.revisions import Comparison, SavedRevision, compare, content, current, saved_after
from intake.web.current import reading

ASKED = "edit_all_the_same"
"""Session key: the last text that this editor edits although a colleague asked to edit it alone."""


@dataclass(frozen=True)
class Together:
    """Other editors of a text, and their saved changes.

    `people` has the form of `present_editors`. `saved` lists the revisions after the one that the page is based on.
    `comparison` shows their changes, or is None without new ones. `language` is the language of the text.
    """

    people: Sequence[dict[str, str]]
    keeper: Keeper | None
    saved: list[SavedRevision]
    comparison: Comparison | None
    language: str = ""

    @property
    def others(self) -> list[dict[str, str]]:
        """All people except a colleague who asked to edit alone."""
        keeper = self.keeper.name if self.keeper and self.kept == "other" else None
        return [one for one in self.people if one["name"] != keeper]

    @property
    def kept(self) -> str:
        """Editor who asked to edit the text alone: "me", "other" or "" for nobody."""
        if self.keeper is None:
            return ""
        return "me" if self.keeper.editor_id == current_user.id else "other"


def together(
    submission_id: uuid.UUID, base: int, people: Sequence[dict[str, str]] | None = None, shown: int = 0
) -> Together:
    """Load the other editors, and the revisions that they saved since the page's revision `base`.

    Compares revisions only if there are newer ones than the number `shown`. Raises NotFound.
    """
    with reading() as db:
        if people is None:
            people = present_editors(db, submission_id, but=current_user.id)["people"]
        keeper = text_keeper(db, submission_id)
        saved = saved_after(db, submission_id, base)
        if not saved or saved[-1].number <= shown:
            return Together(people, keeper, saved, None)
        try:
            before, now = content(db, submission_id, base), current(db, submission_id)
        except NotFound:  # of the revision `base`
            return Together(people, keeper, saved, None)
    language = now.details.language if now.details else ""
    return Together(people, keeper, saved, compare(before, now), language)


def news(submission_id: uuid.UUID, people: Sequence[dict[str, str]], base: int, shown: int) -> dict[str, Any]:
    """Return {"kept", "here", "revision", "saved"} for the script of an open page.

    `here` and `saved` are HTML. `shown` is the newest revision that the page already shows a notice about. `saved` is
    None if there is no newer revision.
    """
    found = together(submission_id, base, people, shown)
    saved = None
    if found.comparison is not None:
        saved = render_template("_partials/together_saved.html", together=found)
    return {
        "kept": found.kept,
        "here": render_template("_partials/together_here.html", together=found),
        "revision": found.saved[-1].number if found.saved else base,
        "saved": saved,
    }


def must_ask(submission_id: uuid.UUID, *, agreed: bool) -> Keeper | None:
    """Return the colleague who asked to edit alone, unless this editor has already chosen to edit anyway.

    `agreed` is true if the editor has just chosen so.
    """
    with reading() as db:
        keeper = text_keeper(db, submission_id, but=current_user.id)
    if keeper is None:
        return None
    name = f"{submission_id} {keeper.editor_id} {keeper.since.isoformat()}"
    if agreed:
        session[ASKED] = name
    return None if session.get(ASKED) == name else keeper
