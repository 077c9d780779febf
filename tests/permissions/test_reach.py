"""Which submissions an account may see. Pages that keep to it are tested by tests/web/test_need_to_know.py."""

import uuid

import pytest
from sqlalchemy import select

from intake.db import transaction
from intake.errors import NotFound
from intake.models import Editor, Role, Submission
from intake.permissions.reach import EVERYTHING, NOTHING, Reach, reach_of, reach_of_id, refuse_hidden

NEWS = Reach(sections=("News",))


def account(*roles: str, sections: tuple[str, ...] = (), languages: tuple[str, ...] = ()) -> Editor:
    """Account that is in no database."""
    return Editor(
        roles=[Role(name=name) for name in roles], sections=list(sections), languages=list(languages)
    )


@pytest.mark.parametrize(
    ("reach", "section", "language", "is_covered"),
    [
        (EVERYTHING, "News", "fa", True),
        (NOTHING, "News", "fa", False),
        (NEWS, "News", "fa", True),
        (NEWS, "Opinion", "fa", False),
        (Reach(languages=("fa", "kk")), "Opinion", "kk", True),
        (Reach(languages=("fa", "kk")), "Opinion", "kk-Arab", False),
        (Reach(("News",), ("fa",)), "News", "kk", False),
        (Reach(("News",), ("fa",)), "Opinion", "fa", False),
    ],
)
def test_section_and_language_must_both_be_within(
    reach: Reach, section: str, language: str, is_covered: bool
) -> None:
    assert reach.covers(section, language) is is_covered
    assert reach.is_limited is (reach != EVERYTHING)


@pytest.mark.parametrize(
    ("reach", "expected"),
    [
        (EVERYTHING, ""),
        (NOTHING, "false"),
        (NEWS, "submissions.section = 'News'"),
        (
            Reach(("News", "Opinion"), ("fa",)),
            "submissions.section IN ('News', 'Opinion') AND submissions.language = 'fa'",
        ),
    ],
)
def test_conditions_of_a_query(reach: Reach, expected: str) -> None:
    query = select(Submission.id).where(*reach.conditions())
    made = str(query.compile(compile_kwargs={"literal_binds": True}))
    assert " ".join(made.partition("WHERE")[2].split()) == expected


@pytest.mark.parametrize(
    ("sections", "languages", "expected"),
    [
        ((), (), Reach(("News",), ("fa", "kk"))),
        (("News", "Opinion"), (), Reach(("News",), ("fa", "kk"))),
        (("Opinion",), (), NOTHING),
        ((), ("kk",), Reach(("News",), ("kk",))),
        ((), ("ru",), NOTHING),
    ],
)
def test_a_choice_narrows_and_widens_nothing(
    sections: tuple[str, ...], languages: tuple[str, ...], expected: Reach
) -> None:
    assert Reach(("News",), ("fa", "kk")).narrowed(sections, languages) == expected
    assert NOTHING.narrowed(sections, languages) == NOTHING


def test_the_limits_are_for_editors() -> None:
    limits = {"sections": ("News",), "languages": ("fa",)}
    assert reach_of(account("editor")) == EVERYTHING
    assert reach_of(account("editor", **limits)) == Reach(("News",), ("fa",))
    assert reach_of(account("chief", **limits)) == EVERYTHING
    assert reach_of(account("editor", "chief", **limits)) == EVERYTHING
    assert reach_of(account("admin", **limits)) == NOTHING
    assert reach_of(account("editor", "admin", **limits)) == Reach(("News",), ("fa",))
    assert reach_of(account()) == NOTHING


def test_a_language_has_all_its_scripts_and_another_one_the_unknown() -> None:
    assert {"zh", "zh-Hans", "zh-Hant"} <= {*reach_of(account("editor", languages=("zh",))).languages}
    assert {"und", ""} <= {*reach_of(account("editor", languages=("und",))).languages}
    assert "" not in reach_of(account("editor", languages=("fa",))).languages


def test_hidden_and_unknown_submissions_are_refused_alike(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        assert reach_of_id(session, editor.id) == EVERYTHING
        assert reach_of_id(session, 10**9) == NOTHING
        refuse_hidden(session, in_review.id, Reach(sections=(in_review.section,)))
        for hidden, reach in ((in_review.id, Reach(sections=("Elsewhere",))), (uuid.uuid4(), EVERYTHING)):
            with pytest.raises(NotFound):
                refuse_hidden(session, hidden, reach)
