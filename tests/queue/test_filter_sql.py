from intake.db import transaction
from intake.models import Submission
from intake.queue.filter_sql import filter_sql, text_queries
from intake.queue.filters import Filters
from intake.settings import settings


def test_the_filter_that_leaves_the_fewest_is_read_from_its_index() -> None:
    sql = filter_sql(
        Filters.parse({"lane": "all", "section": "News", "region": "Алматы", "photos": "yes"}), 1, settings()
    )
    assert [str(condition) for condition in sql.indexed][-1].startswith("submissions.region")
    assert len(sql.remaining) == 2


def test_one_filter_leaves_nothing_to_look_at_in_each() -> None:
    for words in (
        {},
        {"section": "News"},
        {"claimed": "me"},
        {"flagged": "yes"},
        {"overdue": "yes"},
        {"hours": "5"},
    ):
        assert filter_sql(Filters.parse(words), 1, settings()).remaining == [], words


def test_a_language_is_found_in_all_its_scripts() -> None:
    found = {}
    for code in ("zh", "zh-Hant", "en"):
        sql = filter_sql(Filters.parse({"language": code}), 1, settings())
        text = str(sql.indexed_query.compile(compile_kwargs={"literal_binds": True}))
        found[code] = text.rpartition("submissions.language ")[2]
    assert found == {"zh": "IN ('zh', 'zh-Hans', 'zh-Hant')", "zh-Hant": "= 'zh-Hant'", "en": "= 'en'"}


def test_words_of_all_who_ask_are_one_query(in_review: Submission) -> None:
    with transaction() as session:
        found = text_queries(session, ["rivers", "…", "", "сайлау"])
    assert found.keys() == {"rivers", "…", "сайлау"}
    assert found["…"] is None
    assert found["rivers"] is not None


def test_a_query_holds_no_word(in_review: Submission) -> None:
    with transaction() as session:
        found = text_queries(session, ['rivers "of ice" -сайлау Алма-Ата'])
    told = str(found).casefold()
    assert not any(f"'{word}'" in told for word in ("rivers", "river", "of", "ice", "сайлау", "алма", "ата"))
    assert len(told) > 1000
