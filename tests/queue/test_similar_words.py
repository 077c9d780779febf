"""A search word with one typing error finds similar words of submissions, and the page lists them."""

import uuid

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from intake.db import engine, reader, transaction
from intake.permissions.reach import EVERYTHING, Reach
from intake.queue import similar_words
from intake.queue.filters import Filters
from intake.queue.lists import first_matches, following, place
from intake.queue.page import QueuePage, editor_queue
from intake.queue.saved_views import save_view, views
from intake.queue.similar_words import Similar, word_search
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned, join
from tests.statements import statement_values, statements

TEXTS = {
    "en": "The court heard religious groups",
    "tr": "Karaçam'daki okullar kapandı",
    "ru": "Суд признал выборы состоявшимися",
    "kk": "Қазақстандағы сайлаудан кейін",
    "ar": "قَرَّرَتِ المحكمةُ إغلاقَ المدرسة",
    "ug": "ئۇيغۇرلارنىڭ مەكتەپلىرى تاقالدى",
    "hi": "निर्वाचन आयोग",
    "zh": "新疆维吾尔自治区的学校关闭了。",
}


@pytest.fixture
def filed(contributor: Contributor) -> dict[str, uuid.UUID]:
    """{language: id} of a submission in each language."""
    found = {}
    for language, words in TEXTS.items():
        contributor.submit(language=language)
        found[language] = contributor.submission_id
        with transaction() as session:
            text_cleaned(session, found[language], cleaned(title="—", html=f"<p>{words}</p>"))
    return found


def page(q: str, reach: Reach = Reach(), **words: str) -> QueuePage:  # noqa: B008 - frozen
    with transaction() as session:
        return editor_queue(session, Filters.parse({"q": q, **words}), reach=reach)


def found(q: str, reach: Reach = Reach()) -> list[uuid.UUID]:  # noqa: B008 - frozen
    return [item.id for item in page(q, reach).items]


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("cuort", "en", "court"), ("cout r", "", ""), ("Cuort", "en", "court"), ("courrt", "en", "court"), ("coutt", "en", "court"),
        ("cort", "en", "court"), ("relgious", "en", "religious"), ("Karaçım", "tr", "karaçam"), ("выбры", "ru", "выборы"), ("выбоыр", "ru", "выборы"),
        ("виборы", "ru", "выборы"), ("выбооры", "ru", "выборы"), ("Қазақстон", "kk", "қазақстан"), ("сайлаудын", "kk", "сайлаудан"),
        ("المحكنة", "ar", "المحكمة"), ("المحمكة", "ar", "المحكمة"), ("ئۇيقۇر", "ug", "ئۇيغۇر"), ("निर्बाचन", "hi", "निर्वाचन"),
    ],
)  # fmt: skip
def test_one_wrong_letter_finds_the_word(
    filed: dict[str, uuid.UUID], typed: str, language: str, meant: str
) -> None:
    result = page(typed)
    assert [item.id for item in result.items] == ([filed[language]] if language else [])
    assert not meant or meant in {word for one in result.similar for word in one.words}


def test_the_page_says_for_which_word(filed: dict[str, uuid.UUID]) -> None:
    assert page("Cuort religious").similar == (Similar("Cuort", ("court",)),)
    assert page("court").similar == ()
    assert page("relig").similar == ()
    assert page("nothing").similar == ()


@pytest.mark.parametrize("typed", ["relig", "relig*", "RELIG", "religious"])
def test_the_beginning_of_a_word_finds_it(filed: dict[str, uuid.UUID], typed: str) -> None:
    assert found(typed) == [filed["en"]]


@pytest.mark.parametrize(
    "typed",
    [
        '"cuort"',
        '"the cuort"',
        "cuort-house",
        "cuotr",
        "corut house",
        "sud",
        "суб",
        "新彊",
        "crt",
        "religious -court",
    ],
)
def test_exact_words_phrases_and_short_words_tolerate_nothing(
    filed: dict[str, uuid.UUID], typed: str
) -> None:
    assert found(typed) == []


def test_an_excluded_word_excludes_no_similar_one(filed: dict[str, uuid.UUID]) -> None:
    result = page("religious -cuort")
    assert [item.id for item in result.items] == [filed["en"]]
    assert result.similar == ()


def test_a_word_that_is_there_brings_no_similar_one(
    filed: dict[str, uuid.UUID], contributor: Contributor
) -> None:
    contributor.submit(language="en")
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned(title="—", html="<p>A cuort</p>"))
    assert found("cuort") == [contributor.submission_id]
    # The exact match counts even if the filters exclude its submission.
    assert page("cuort", lane="done").similar == ()


def test_words_beyond_the_reach_are_as_if_they_were_not_there(
    filed: dict[str, uuid.UUID], contributor: Contributor
) -> None:
    reach = Reach(languages=("en",))
    assert found("cuort", reach) == [filed["en"]]
    result = page("выбры", reach)
    assert (result.items, result.similar) == ([], ())
    # An exact match in a submission that the editor may not see does not count.
    contributor.submit(language="ru")
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned(title="—", html="<p>A cuort</p>"))
    assert page("cuort", reach).similar == (Similar("cuort", ("court",)),)
    assert page("cuort", Reach(nothing=True)).similar == ()


def test_the_places_of_a_list_are_those_of_its_page(filed: dict[str, uuid.UUID]) -> None:
    with transaction() as session:
        filters, one = Filters.parse({"q": "cuort"}), filed["en"]
        assert place(session, filters, 0, one).total.number == 1
        assert list(first_matches(session, filters, 0, 5)) == [one]
        assert following(session, filters, 0, None, but=uuid.uuid4()) == one


def test_a_saved_view_counts_what_has_the_word(filed: dict[str, uuid.UUID]) -> None:
    """Counts ignore similar words: a view saved to watch for a name stays empty until a submission has that name."""
    editor = join("Asel", "editor")
    with transaction() as session:
        save_view(session, editor, "Exact", {"q": "court"}, shared=False)
        save_view(session, editor, "Similar", {"q": "cuort"}, shared=False)
    with transaction() as session:
        assert [one.count.number for one in views(session, editor.id)] == [1, 0]


def test_too_many_possible_words_are_not_asked_for(
    filed: dict[str, uuid.UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similar_words, "MOST_ASKED", 400)
    # Both words have more than 200 neighbours.
    result = page("cuort relgious")
    assert (result.items, [one.typed for one in result.similar]) == ([], ["cuort"])


def test_a_word_is_replaced_by_a_limited_number_of_similar_ones(
    contributor: Contributor, monkeypatch: pytest.MonkeyPatch
) -> None:
    contributor.submit(language="en")
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned(title="—", html="<p>court count</p>"))
    assert page("coult").similar == (Similar("coult", ("count", "court")),)
    monkeypatch.setattr(similar_words, "MOST_WORDS", 1)
    assert page("coult").similar == (Similar("coult", ("count",)),)


def test_a_search_costs_the_same_statements_however_many_words_it_has(filed: dict[str, uuid.UUID]) -> None:
    costs = {
        q: cost(q) for q in ("sud", "court", "cuort", "cuort relgious выбры", "nothing nowhere", "-cuort")
    }
    assert costs == {
        "sud": 1, "court": 2, "cuort": 5, "cuort relgious выбры": 5, "nothing nowhere": 8, "-cuort": 1,
    }  # fmt: skip


def cost(q: str) -> int:
    """Number of SQL statements that a search sends."""
    with transaction() as session:
        session.connection()
        with statements() as sent:
            word_search(session, q)
    return len(sent)


def test_the_database_is_told_no_word(filed: dict[str, uuid.UUID]) -> None:
    with statement_values() as sent:
        page("cuort")
    told = "".join(sent)
    assert len(told) > 10_000
    assert "court" not in told
    assert "cuort" not in told


def test_entries_of_before_there_were_keys_are_known_words(filed: dict[str, uuid.UUID]) -> None:
    with transaction() as session:
        session.execute(text("INSERT INTO search_keys (number) VALUES (0)"))
        session.execute(
            text(
                "UPDATE search_entries SET terms = '''cuort'''::tsvector, bucket = 0, links = '{}' WHERE submission_id = :id"
            ),
            {"id": filed["ru"]},
        )
    assert found("cuort") == [filed["ru"]]
    assert found("relgious") == [filed["en"]]


def test_the_planner_may_read_whole_tables_again_afterwards(filed: dict[str, uuid.UUID]) -> None:
    def setting(session: Session) -> object:
        return session.scalar(text("SHOW enable_seqscan"))

    with reader() as connection:
        session = Session(connection)
        assert similar_words._held(session, [("'nothing'",) * 200], EVERYTHING) == set()
        assert setting(session) == "on"
        with pytest.raises(DBAPIError):
            similar_words._held(session, [("'",) * 200], EVERYTHING)
        assert setting(session) == "on"
    with Session(engine()) as session:
        with pytest.raises(DBAPIError):
            similar_words._held(session, [("'",) * 200], EVERYTHING)
        session.rollback()
        assert setting(session) == "on"
