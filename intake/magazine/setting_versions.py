"""Versions of the settings that admins choose. Each save is a new version, and an event."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from intake import checklists
from intake.errors import NotFound, StaleRevision
from intake.magazine import choices as values
from intake.magazine import sealed_address
from intake.magazine.choices import ChoiceChange, Choices, InvalidChoices
from intake.models import Editor, SettingVersion, Submission, record
from intake.settings import set_by, split_list

SHOWN = 50
MOST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class ChoiceVersion:
    """A version of the choices. `number` is 0 before the first. `author` is "" for the command line."""

    number: int
    choices: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    at: datetime | None = None
    source: str = ""
    restored: int | None = None
    changes: tuple[ChoiceChange, ...] = ()
    """Differences from the version before."""


NONE = ChoiceVersion(0)


class StaleChoices(StaleRevision):
    """Raised if somebody else has saved the settings since they were read."""


def current(session: Session) -> ChoiceVersion:
    """Return the newest version, without its changes."""
    return next(iter(_read(session, 1)), NONE)


def versions(session: Session, most: int = SHOWN) -> list[ChoiceVersion]:
    """Return the newest versions with their changes, newest first."""
    found = _read(session, most + 1)
    return [_with_changes(one, earlier) for one, earlier in zip(found, [*found[1:], NONE], strict=False)][
        :most
    ]


def version(session: Session, number: int) -> ChoiceVersion:
    """Return one version with its changes. Raises NotFound."""
    found = _read(session, 2, number)
    if not found or found[0].number != number:
        raise NotFound
    return _with_changes(found[0], found[1] if len(found) > 1 else NONE)


def save(
    session: Session,
    admin: Editor | None,
    changed: Choices,
    based_on: int | None,
    source: str = "page",
    *,
    even_if_same: bool = False,
) -> ChoiceVersion | None:
    """Save a new version. Returns None and saves nothing if nothing changes, unless `even_if_same`.

    `changed` has the fields to change, with the address of the mail server in clear. The others stay, and so do those that
    environment variables set. `admin` is None for the command line. `based_on` is the number of the version that was
    changed, or None for the newest. Raises StaleChoices, InvalidChoices.
    """
    newest = locked(session, based_on)
    found = {name: one for name, one in changed.items() if not set_by(name)}
    values.check({**_texts(newest.choices), **found})
    _refuse_removal(session, newest.choices, found)
    if "smtp_url" in found:
        found["smtp_url"] = _sealed(newest.choices, found["smtp_url"])
    after = _fitting(values.tidy({**newest.choices, **found}))
    if after == newest.choices and not even_if_same:
        return None
    return _add(session, admin, newest, after, source)


def restore(
    session: Session, admin: Editor | None, number: int, based_on: int | None
) -> ChoiceVersion | None:
    """Save the choices of an earlier version as a new one. Returns None if nothing changes.

    Sections that the earlier version lacks and that submissions are in become hidden. Raises NotFound, StaleChoices.
    """
    newest = locked(session, based_on)
    after = after_restore(session, number, newest)
    return _add(session, admin, newest, after, "restored", number) if after != newest.choices else None


def after_restore(session: Session, number: int, newest: ChoiceVersion) -> dict[str, str]:
    """Return the choices that restoring a version would make. Raises NotFound."""
    after = dict(version(session, number).choices)
    lost = [name for name in known_sections(newest.choices) if name not in known_sections(after)]
    if kept := sections_in_use(session, lost):
        after["hidden_sections"] = ",".join([*split_list(after.get("hidden_sections", "")), *kept])
    return after


def known_sections(choices: Choices) -> list[str]:
    """Return the names of the sections in choices, hidden ones last."""
    return split_list(values.value(choices, "sections")) + split_list(choices.get("hidden_sections", ""))


def sections_in_use(session: Session, names: Iterable[str]) -> dict[str, int]:
    """Return name → number of submissions, for sections with at least one."""
    query = (
        select(Submission.section, func.count())
        .where(Submission.section.in_(list(names)))
        .group_by(Submission.section)
    )
    found = {row[0]: row[1] for row in session.execute(query)}
    return {name: found[name] for name in names if name in found}


def locked(session: Session, based_on: int | None) -> ChoiceVersion:
    """Return the newest version, and let no one else save before the transaction ends. Raises StaleChoices."""
    session.execute(text("LOCK TABLE setting_versions IN SHARE ROW EXCLUSIVE MODE"))
    newest = current(session)
    if based_on is not None and newest.number != based_on:
        raise StaleChoices
    return newest


def _refuse_removal(session: Session, before: Choices, changed: Choices) -> None:
    after = {**before, **changed}
    lost = [name for name in known_sections(before) if name not in known_sections(after)]
    if found := sections_in_use(session, lost):
        said = ", ".join(f"{name} ({count:,})" for name, count in found.items())
        raise InvalidChoices({"sections": f"Submissions are in these sections: {said}. Hide them instead."})


def _fitting(found: Mapping[str, str]) -> dict[str, str]:
    """Return choices without rules for sections that no longer exist."""
    if set_by("sections"):
        return dict(found)
    known, after = known_sections(found), dict(found)
    after["two_approvals"] = ",".join(n for n in split_list(found.get("two_approvals", "")) if n in known)
    for name in values.UNITS_BY_SECTION:
        general, *single = split_list(values.value(found, name))
        after[name] = ",".join(
            [general, *(part for part in single if part.partition("=")[0].strip() in known)]
        )
    after["checklists"] = checklists.joined(
        {
            section: points
            for section, points in checklists.by_section(found.get("checklists", "")).items()
            if section in {*known, checklists.OTHERS}
        }
    )
    return values.tidy(after)


def _texts(choices: Choices) -> dict[str, str]:
    """Return choices without the mail server's address, which is encrypted and cannot be checked."""
    return {name: one for name, one in choices.items() if name != "smtp_url"}


def _sealed(before: Choices, address: str) -> str:
    """Encrypt an address. Returns the old ciphertext if the address is unchanged, because each encryption differs."""
    stored = before.get("smtp_url", "")
    return stored if stored and sealed_address.opened(stored) == address else sealed_address.sealed(address)


def _add(
    session: Session,
    admin: Editor | None,
    newest: ChoiceVersion,
    after: Mapping[str, str],
    source: str,
    restored: int | None = None,
) -> ChoiceVersion:
    number = newest.number + 1
    session.add(
        SettingVersion(
            number=number, choices=dict(after), source=source, restored=restored,
            editor_id=admin.id if admin else None, created_at=func.now(),
        )
    )  # fmt: skip
    record(session, "settings.changed", actor=admin, version=number)
    return version(session, number)


def _read(session: Session, most: int, up_to: int = MOST_NUMBER) -> list[ChoiceVersion]:
    query = (
        select(SettingVersion, Editor.name)
        .outerjoin(Editor, Editor.id == SettingVersion.editor_id)
        .where(SettingVersion.number <= min(up_to, MOST_NUMBER))
        .order_by(SettingVersion.number.desc())
        .limit(most)
    )
    return [
        ChoiceVersion(one.number, one.choices, author or "", one.created_at, one.source, one.restored)
        for one, author in session.execute(query)
    ]


def _with_changes(one: ChoiceVersion, earlier: ChoiceVersion) -> ChoiceVersion:
    found = tuple(values.changes(earlier.choices, one.choices))
    return ChoiceVersion(one.number, one.choices, one.author, one.at, one.source, one.restored, found)
