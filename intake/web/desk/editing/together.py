"""News for a page on which the text is edited: who else is there, who wants to be alone, and what others saved."""

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
"""Key of the login session: the last text that somebody edits although a colleague wants to be alone with it."""


@dataclass(frozen=True)
class Together:
    """Others at work on a text.

    `people` are as in `present_editors`. `saved` lists the revisions after the one that the page shows, and
    `comparison` what they changed, None if nothing was saved. `language` is that of the text.
    """

    people: Sequence[dict[str, str]]
    keeper: Keeper | None
    saved: list[SavedRevision]
    comparison: Comparison | None
    language: str = ""

    @property
    def others(self) -> list[dict[str, str]]:
        """All people but the one who wants to be alone with the text."""
        keeper = self.keeper.name if self.keeper and self.kept == "other" else None
        return [one for one in self.people if one["name"] != keeper]

    @property
    def kept(self) -> str:
        """Editor who wants to be alone with the text: "me", "other" or "" for nobody."""
        if self.keeper is None:
            return ""
        return "me" if self.keeper.editor_id == current_user.id else "other"


def together(
    submission_id: uuid.UUID, base: int, people: Sequence[dict[str, str]] | None = None, shown: int = 0
) -> Together:
    """Load what others do with a text that the page shows as of the revision `base`.

    Without revisions after the number `shown`, none are compared. Raises NotFound.
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

    `here` and `saved` are HTML. `saved` is None if nothing was saved after the revision `shown`, the last one that the
    page has heard of.
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
    """Return the colleague who wants to be alone with the text, if the editor was not asked about that yet.

    `agreed` is set if the editor has just answered to edit all the same.
    """
    with reading() as db:
        keeper = text_keeper(db, submission_id, but=current_user.id)
    if keeper is None:
        return None
    name = f"{submission_id} {keeper.editor_id} {keeper.since.isoformat()}"
    if agreed:
        session[ASKED] = name
    return None if session.get(ASKED) == name else keeper
