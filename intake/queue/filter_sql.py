"""Translate the filters of the queue into SQL conditions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Select, and_, func, not_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.sql.elements import SQLCoreOperations

from intake import languages
from intake.models import Submission
from intake.models.sealing.key_ring import keyed_term
from intake.permissions.reach import EVERYTHING, Reach
from intake.queue import search_keys
from intake.queue.filters import Filters
from intake.settings import Settings
from intake.text.search import Clause, clauses, languages_of, query
from intake.text.terms.keyed_query import KeyedQuery, keyed_query
from intake.text.terms.keys import Generation
from intake.text.terms.stemming import stems

Condition = SQLCoreOperations[bool]
INDEXED = (Submission.language, Submission.status, Submission.section)
"""Columns that, like the region, have an index in the order of the queue. The most selective columns come first."""


@dataclass(frozen=True)
class FilterSql:
    """Conditions on a submission, in two parts.

    One index covers all conditions in `indexed`, in the order of the queue, so any page is read quickly.
    The conditions in `remaining` are checked on each row.
    """

    indexed: list[Condition]
    remaining: list[Condition]

    @property
    def indexed_query(self) -> Select[Submission]:
        """Select the submissions that meet the indexed conditions, unordered."""
        return select(Submission).where(*self.indexed)


def filter_sql(filters: Filters, viewer: int, config: Settings, reach: Reach = EVERYTHING) -> FilterSql:
    """Translate all filters except the search words. `viewer` is the id of the editor.

    Submissions beyond `reach` are left out.
    """
    in_lane = Submission.lane.is_not(None) if filters.lane == "all" else Submission.lane == filters.lane
    by, *others = [
        *_claim_conditions(filters, viewer),
        *_assignment_conditions(filters, viewer),
        *_equalities(filters),
        *reach.conditions(),
        *_other_conditions(filters, config),
    ] or [true()]
    return FilterSql([in_lane, *_waiting_conditions(filters), by], others)


def text_queries(session: Session, typed: Iterable[str]) -> dict[str, KeyedQuery | None]:
    """Return {typed words: text search query}, with None for words without a search term.

    Runs one SQL statement for all texts together. The database receives only keyed terms, not the words.
    """
    wanted = {words: clauses(words) for words in typed if words}
    if not any(wanted.values()):
        return dict.fromkeys(wanted)
    generations, has_former = search_keys.generations(session)
    return {words: text_query(found, generations, has_former) for words, found in wanted.items()}


def text_query(found: list[Clause], generations: list[Generation], has_former: bool) -> KeyedQuery | None:
    """Build the text search query for parsed clauses. `has_former` is true if some index entries are not keyed yet."""
    words = {form for clause in found if clause.word for form in clause.lexemes[0].forms}
    stemmed = stems((word, code) for word in words for code in languages_of(word))
    former = query(found, stemmed) if has_former else None
    return keyed_query(found, stemmed, generations, former)


def _claim_conditions(filters: Filters, viewer: int) -> list[Condition]:
    if filters.claimed in {"", "nobody"}:
        return []
    who = viewer if filters.claimed == "me" else int(filters.claimed)
    return [and_(Submission.claimed_by == who, Submission.is_claimed)]


def _assignment_conditions(filters: Filters, viewer: int) -> list[Condition]:
    """Return the conditions on assignee and due day. Their indexes cover few submissions, so they come early."""
    found: list[Condition] = []
    if filters.assigned not in {"", "nobody"}:
        found.append(
            Submission.assigned_to == (viewer if filters.assigned == "me" else int(filters.assigned))
        )
    if filters.due == "late":
        found.append(Submission.is_late)
    if filters.due == "week":
        monday = func.date_trunc("week", func.now(), "UTC")
        found += [Submission.due_at >= monday, Submission.due_at < monday + timedelta(days=7)]
    if filters.sort == "due":
        found.append(Submission.due_at.is_not(None))
    return found


def _equalities(filters: Filters) -> list[Condition]:
    region = [Submission.region_term == keyed_term(filters.region)] if filters.region else []
    return [
        *region,
        *(_equals(column, value) for column in INDEXED if (value := getattr(filters, column.key))),
    ]


def _equals(column: InstrumentedAttribute[Any], value: str) -> Condition:
    # For one value, the index returns rows in the order of the queue. For several values, rows must be sorted.
    several = languages.within(value)[1:] if column is Submission.language else []
    return column.in_([value, *several]) if several else column == value


def has_tag(tag: str) -> Condition:
    """Build the condition that a submission has a tag. Tags are compared by their keyed hash."""
    return Submission.tag_terms.contains([keyed_term(tag)])


def _other_conditions(filters: Filters, config: Settings) -> list[Condition]:
    conditions = {
        "flagged": Submission.flagged == true(),
        "tag": has_tag(filters.tag),
        "photos": Submission.photo_count > 0 if filters.photos == "yes" else Submission.photo_count == 0,
        "overdue": Submission.is_overdue(config.overdue),
        "priority": Submission.priority == filters.priority,
    }
    found = [condition for name, condition in conditions.items() if getattr(filters, name)]
    if filters.state:
        found += state_conditions(filters.state)
    if filters.claimed == "nobody":
        found.append(not_(Submission.is_claimed))
    if filters.assigned == "nobody":
        found.append(Submission.assigned_to.is_(None))
    return found


def state_conditions(state: str) -> list[Condition]:
    """Return the conditions of a state, one of filters.STATES."""
    found: dict[str, list[Condition]] = {
        "accepted": [Submission.status == "accepted", not_(Submission.is_embargoed)],
        "scheduled": [Submission.status == "accepted", Submission.is_embargoed],
        "published": [Submission.status == "published", Submission.corrected_at.is_(None)],
        "corrected": [Submission.status == "published", Submission.corrected_at.is_not(None)],
        "retracted": [Submission.status == "retracted"],
    }
    return found[state]


def _waiting_conditions(filters: Filters) -> list[Condition]:
    if not filters.hours:
        return []
    time = timedelta(hours=filters.hours)
    # The second condition follows from the first. It lets an index on `received_at` skip newer rows.
    return [Submission.has_waited(time), Submission.received_at < func.now() - time]
