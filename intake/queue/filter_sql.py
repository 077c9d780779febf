"""SQL of what the filters choose, in two parts: what one index gives in the order of the queue, and what is looked at in each."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true
from sqlalchemy.orm import Session

from intake.models import Submission
from intake.queue.filters import Filters
from intake.queue.search_index import stems
from intake.settings import settings
from intake.text.search import Query, clauses, languages_of, query

Condition = ColumnElement[bool]
INDEXED = (Submission.region, Submission.language, Submission.status, Submission.section)
"""Columns by which submissions can be read in order, those that leave the fewest first."""


@dataclass(frozen=True)
class FilterSql:
    """Conditions on a submission. Where all of `by` are true can be read in the order of the queue, from an index, one page
    as quickly as another; of those, the ones are chosen of which all of `rest` are true.
    """

    by: list[Condition]
    rest: list[Condition]

    @property
    def walk(self) -> Select[Submission]:
        """Submissions of which the first are true, in no order."""
        return select(Submission).where(*self.by)


def filter_sql(filters: Filters, viewer: int) -> FilterSql:
    """What the filters choose for the editor `viewer`, whatever their words."""
    in_lane = Submission.lane.is_not(None) if filters.lane == "all" else Submission.lane == filters.lane
    by, *others = [*_claims(filters, viewer), *_same(filters), *_marks(filters)] or [true()]
    return FilterSql([in_lane, *_waited(filters), by], others)


def terms(session: Session, typed: Iterable[str]) -> dict[str, Query | None]:
    """What people typed → what to ask for, None where it holds nothing to look for; one query for all."""
    wanted = {words: clauses(words) for words in typed if words}
    words = {clause.word for found in wanted.values() for clause in found if clause.word}
    stemmed = stems(session, ((word, code) for word in words for code in languages_of(word)))
    return {words: query(found, stemmed) for words, found in wanted.items()}


def _claims(filters: Filters, viewer: int) -> list[Condition]:
    if filters.claimed in {"", "nobody"}:
        return []
    who = viewer if filters.claimed == "me" else int(filters.claimed)
    return [and_(Submission.claimed_by == who, Submission.claimed_until > func.now())]


def _same(filters: Filters) -> list[Condition]:
    return [column == value for column in INDEXED if (value := getattr(filters, column.key))]


def _marks(filters: Filters) -> list[Condition]:
    conditions = {
        "flagged": Submission.flagged == true(),
        "tag": Submission.tags.contains([filters.tag]),
        "photos": Submission.photo_count > 0 if filters.photos == "yes" else Submission.photo_count == 0,
        "overdue": _overdue(),
    }
    found = [condition for name, condition in conditions.items() if getattr(filters, name)]
    nobody = or_(Submission.claimed_by.is_(None), Submission.claimed_until <= func.now())
    return [*found, nobody] if filters.claimed == "nobody" else found


def _waited(filters: Filters) -> list[Condition]:
    if not filters.hours:
        return []
    since = func.now() - func.make_interval(0, 0, 0, 0, filters.hours)
    # The second follows from the first, and spares an index in order of arrival all that came later.
    return [Submission.waiting_since < since, Submission.received_at < since]


def _overdue() -> Condition:
    most = dict(settings().overdue)
    others = most.pop("")
    late = [
        and_(Submission.section == section, Submission.waiting_since < func.now() - allowed)
        for section, allowed in most.items()
    ]
    rest = and_(Submission.section.not_in(list(most)), Submission.waiting_since < func.now() - others)
    return or_(rest, *late)
