"""SQL of what the filters choose. Written so that each page can be read from one index in order."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from intake.actions.index import stems
from intake.models import Submission
from intake.queries.filters import Filters
from intake.settings import settings
from intake.text.search import clauses, languages_of, query

Condition = ColumnElement[bool]


def chosen(filters: Filters, viewer: int) -> Select[Submission]:
    """The submissions that the filters choose for the editor `viewer`, in no order, whatever their words."""
    return select(Submission).where(*_conditions(filters, viewer))


def terms(session: Session, typed: Iterable[str]) -> dict[str, str | None]:
    """What people typed → a tsquery, None where it holds nothing to look for; one query for all."""
    wanted = {words: clauses(words) for words in typed if words}
    words = {clause.word for found in wanted.values() for clause in found if clause.word}
    stemmed = stems(session, ((word, code) for word in words for code in languages_of(word)))
    return {words: query(found, stemmed) for words, found in wanted.items()}


def _conditions(filters: Filters, viewer: int) -> list[Condition]:
    in_lane = Submission.lane.is_not(None) if filters.lane == "all" else Submission.lane == filters.lane
    return [in_lane, *_same(filters), *_of_photos(filters), *_claims(filters, viewer), *_times(filters)]


def _same(filters: Filters) -> list[Condition]:
    columns = (Submission.status, Submission.section, Submission.language, Submission.region)
    found = [column == value for column in columns if (value := getattr(filters, column.key))]
    if filters.tag:
        found.append(Submission.tags.contains([filters.tag]))
    return found


def _of_photos(filters: Filters) -> list[Condition]:
    found: list[Condition] = []
    if filters.photos:
        found.append(Submission.photo_count > 0 if filters.photos == "yes" else Submission.photo_count == 0)
    if filters.flagged:
        found.append(Submission.flagged == true())
    return found


def _claims(filters: Filters, viewer: int) -> list[Condition]:
    if not filters.claimed:
        return []
    if filters.claimed == "nobody":
        return [or_(Submission.claimed_by.is_(None), Submission.claimed_until <= func.now())]
    who = viewer if filters.claimed == "me" else int(filters.claimed)
    return [and_(Submission.claimed_by == who, Submission.claimed_until > func.now())]


def _times(filters: Filters) -> list[Condition]:
    found = [_overdue()] if filters.overdue else []
    if filters.hours:
        since = func.now() - func.make_interval(0, 0, 0, 0, filters.hours)
        # The second follows from the first, and spares an index in order of arrival all that came later.
        found += [Submission.waiting_since < since, Submission.received_at < since]
    return found


def _overdue() -> Condition:
    most = dict(settings().overdue)
    others = most.pop("")
    late = [
        and_(Submission.section == section, Submission.waiting_since < func.now() - allowed)
        for section, allowed in most.items()
    ]
    rest = and_(Submission.section.not_in(list(most)), Submission.waiting_since < func.now() - others)
    return or_(rest, *late)
