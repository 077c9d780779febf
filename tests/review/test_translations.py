import uuid
from collections.abc import Callable

import pytest
from sqlalchemy import select, update

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Event, Submission, TranslationLink
from intake.permissions.reach import EVERYTHING, Reach
from intake.review import translations as links
from intake.review.revise import Edit, revise
from intake.review.translations import LinkRefused, Translations, find, link, renew, translations, unlink
from intake.submissions.removal import purge, withdraw
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned

Sent = Callable[..., uuid.UUID]


@pytest.fixture
def sent(contributor: Contributor) -> Sent:
    """Send a submission in a language, which is then in review."""

    def make(language: str, section: str = "News") -> uuid.UUID:
        number = contributor.submit(title=f"In {language}", language=language, section=section)
        with transaction() as session:
            text_cleaned(session, number, cleaned(title=f"In {language}"))
            session.execute(update(Submission).where(Submission.id == number).values(language=language))
        return number

    return make


def joined(translation: uuid.UUID, source: uuid.UUID, editor: Editor, reach: Reach = EVERYTHING) -> None:
    with transaction() as session:
        link(session, translation, editor, source, reach)


def of(number: uuid.UUID, reach: Reach = EVERYTHING) -> Translations:
    with transaction() as session:
        return translations(session, number, reach)


def test_each_page_shows_the_others(sent: Sent, editor: Editor) -> None:
    english, russian, kazakh = sent("en"), sent("ru"), sent("kk")
    assert of(english) == Translations(None, False, [])
    joined(russian, english, editor)
    joined(kazakh, english, editor)
    source = of(english)
    assert (source.source, source.is_translation) == (None, False)
    assert [one.id for one in source.others] == [kazakh, russian]
    found = of(russian)
    assert found.source is not None
    assert (found.source.id, found.source.title) == (english, "In en")
    assert [one.id for one in found.others] == [kazakh]
    assert (found.translated, found.newest, found.is_behind) == (1, 1, False)


def test_a_change_of_the_source_leaves_the_translation_behind_until_it_is_renewed(
    sent: Sent, editor: Editor
) -> None:
    english, russian = sent("en"), sent("ru")
    joined(russian, english, editor)
    with transaction() as session:
        revise(session, english, editor, 2, Edit("New", "<p>New.</p>", 1))
    assert (of(russian).translated, of(russian).newest, of(russian).is_behind) == (1, 2, True)
    for _ in range(2):
        with transaction() as session:
            renew(session, russian, editor, EVERYTHING)
    assert not of(russian).is_behind
    with transaction() as session:
        names = session.scalars(
            select(Event.name)
            .where(Event.submission_id == russian, Event.editor_id.is_not(None))
            .order_by(Event.id)
        )
        assert list(names) == ["translation.linked", "translation.renewed"]


def test_what_is_hidden_is_not_shown_and_not_linked(sent: Sent, editor: Editor) -> None:
    hidden, russian, kazakh = sent("en", "Opinion"), sent("ru"), sent("kk", "Opinion")
    news = Reach(sections=("News",))
    with pytest.raises(NotFound):
        joined(russian, hidden, editor, news)
    joined(russian, hidden, editor)
    joined(kazakh, hidden, editor)
    assert of(russian, news) == Translations(None, True, [])
    with pytest.raises(NotFound), transaction() as session:
        renew(session, russian, editor, news)


@pytest.mark.parametrize(
    "why", ["ITSELF", "IS_TRANSLATION", "HAS_TRANSLATIONS", "LINKED", "SAME_LANGUAGE", "GONE_NOW", "sibling"]
)
def test_what_cannot_be_linked(sent: Sent, contributor: Contributor, editor: Editor, why: str) -> None:
    english, russian = sent("en"), sent("ru")
    joined(russian, english, editor)
    other = sent("ru" if why == "sibling" else "kk")
    if why == "GONE_NOW":
        with transaction() as session:
            withdraw(session, contributor.receipt)
    first, second = {
        "ITSELF": (other, other),
        "IS_TRANSLATION": (other, russian),
        "HAS_TRANSLATIONS": (english, other),
        "LINKED": (russian, other),
        "SAME_LANGUAGE": (sent("kk"), other),
        "GONE_NOW": (sent("fr"), other),
        "sibling": (other, english),
    }[why]
    with pytest.raises(LinkRefused) as refused:
        joined(first, second, editor)
    assert str(refused.value) == getattr(links, why, links.SAME_LANGUAGE)


def test_a_submission_is_found_by_its_number_or_its_address(sent: Sent) -> None:
    number = sent("en")
    base = f"https://desk.example/desk/submissions/{number}"
    with transaction() as session:
        for typed in (
            str(number),
            str(number)[:8],
            f" {str(number)[:8].upper()} ",
            base,
            f"{base}?in=lane%3Dours",
            f"{base}/revisions/1#text",
        ):
            assert find(session, typed, EVERYTHING) == number


@pytest.mark.parametrize(
    "typed",
    ["", "12", "zzzzzzzz", "12345678", "https://desk.example/desk/", "0b9fae70-e66e-4230-8ebf-398879d4aeec"],
)
def test_what_names_no_submission(sent: Sent, typed: str) -> None:
    with pytest.raises(LinkRefused, match="No submission"), transaction() as session:
        find(session, typed, EVERYTHING)


def test_a_hidden_submission_is_not_found_by_its_number(sent: Sent) -> None:
    number = sent("en", "Opinion")
    for typed in (str(number), str(number)[:8]):
        with pytest.raises(LinkRefused, match="No submission"), transaction() as session:
            find(session, typed, Reach(sections=("News",)))


def test_a_number_that_two_submissions_have_is_not_enough(sent: Sent) -> None:
    first = sent("en")
    with transaction() as session:
        found = session.get_one(Submission, first)
        twin = {
            c.key: getattr(found, c.key)
            for c in Submission.__table__.columns
            if c.key not in ("lane", "arrival", "print_name", "published_url", "region", "tags")
        }
        same = uuid.UUID(str(first)[:8] + "-" + str(uuid.uuid4())[9:])
        session.add(Submission(**twin | {"id": same, "receipt_hash": b"x" * 32}))
    with pytest.raises(LinkRefused, match="Several"), transaction() as session:
        find(session, str(first)[:8], EVERYTHING)


def test_unlinking_leaves_both(sent: Sent, editor: Editor) -> None:
    english, russian = sent("en"), sent("ru")
    joined(russian, english, editor)
    with transaction() as session:
        unlink(session, russian, editor)
    assert of(russian) == of(english) == Translations(None, False, [])
    with pytest.raises(NotFound), transaction() as session:
        unlink(session, russian, editor)
    with pytest.raises(NotFound), transaction() as session:
        renew(session, russian, editor, EVERYTHING)


def test_a_purge_of_the_source_leaves_its_translations(
    sent: Sent, contributor: Contributor, editor: Editor
) -> None:
    russian, kazakh, english = sent("ru"), sent("kk"), sent("en")
    joined(russian, english, editor)
    joined(kazakh, english, editor)
    with transaction() as session:
        withdraw(session, contributor.receipt)
        purge(session, english)
    assert of(russian) == Translations(None, False, [])
    with transaction() as session:
        assert list(session.scalars(select(TranslationLink))) == []
        assert session.get_one(Submission, russian).status == "in_review"
        last = select(Event.name).where(Event.submission_id == kazakh).order_by(Event.id.desc()).limit(1)
        assert session.scalar(last) == "translation.unlinked"
