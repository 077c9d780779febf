"""The search index finds each word, in every script, and is updated with each change of a submission."""

import pytest
from sqlalchemy import func, select

from intake.db import transaction
from intake.messages.notes import write_note
from intake.models import Editor, Photo, SearchEntry, Submission
from intake.queue.filters import Filters
from intake.queue.page import editor_queue
from intake.queue.search_index import index
from intake.review.revise import Edit, revise
from intake.submissions.removal import purge, withdraw
from intake.submissions.screening import text_cleaned
from tests.cast import Contributor, cleaned

TEXTS = {
    "ru": "Суд признал <b>выборы</b> состоявшимися; ёлку убрали.",
    "kk": "Қазақстандағы сайлаудан кейін азаматтар жиналды.",
    "ar": "قَرَّرَتِ المحكمةُ إغلاقَ المدرسة",
    "fa": "من می‌خواهم کتاب بخوانم",
    "ug": "ئۇيغۇرلارنىڭ مەكتەپلىرى تاقالدى",
    "zh": "新疆维吾尔自治区的学校关闭了。",
    "th": "ประเทศไทยจัดการเลือกตั้ง",
    "my": "မြန်မာနိုင်ငံ၏ရွေးကောက်ပွဲ",
    "fr": "L’élection d’hier a été annulée",
    "en": "The children were running to school",
    "tr": "Karaçam'daki okullar kapandı",
    "ko": "대통령선거에서",
}
FOUND = [
    ("ru", "выборов"), ("ru", "ВЫБОРЫ"), ("ru", "елка"), ("ru", '"выборы состоявшимися"'),
    ("kk", "сайлау"), ("kk", "Қазақстан"), ("kk", "азамат"), ("kk", "сайлау жиналды"),
    ("ar", "محكمة"), ("ar", "المحكمة"), ("ar", "اغلاق"), ("ar", "قررت"),
    ("fa", "میخواهم"), ("fa", "خواهم"), ("fa", "كتاب"),
    ("ug", "ئۇيغۇر"), ("ug", "مەكتەپ"),
    ("zh", "新疆"), ("zh", "学校"), ("zh", "维吾尔"), ("zh", "关闭"), ("zh", "新疆 学校"), ("zh", '"学校关闭"'), ("zh", "了"),
    ("th", "ไทย"), ("th", "เลือกตั้ง"), ("my", "မြန်မာ"), ("my", "နိုင်ငံ"),
    ("fr", "élection"), ("fr", "elections"), ("fr", "l'élection"), ("fr", "annulées"),
    ("en", "child school"), ("en", "runs"), ("en", '"running to school"'), ("tr", "Karaçam"), ("tr", "karacam"), ("tr", "okul"),
    ("ko", "선거"), ("ko", "대통령"),
]  # fmt: skip
NOT_FOUND = [
    ("ru", "выбоина"), ("ru", '"состоявшимися выборы"'), ("ru", "суд -выборы"), ("zh", "疆新"), ("zh", "北京"), ("zh", "新校"),
    ("en", '"to running"'), ("kk", "сайлаушы"), ("ar", "كتاب"), ("ug", '"ئۇيقۇر"'), ("my", "ထိုင်း"),
]  # fmt: skip


def hits(q: str) -> int:
    with transaction() as session:
        return len(editor_queue(session, Filters.parse({"q": q})).items)


@pytest.fixture
def filed(contributor: Contributor, request: pytest.FixtureRequest) -> None:
    language = request.getfixturevalue("language")
    contributor.submit(language=language)
    with transaction() as session:
        text_cleaned(session, contributor.submission_id, cleaned(title="—", html=f"<p>{TEXTS[language]}</p>"))


@pytest.mark.parametrize(("language", "q"), FOUND)
def test_a_submission_is_found_by_its_words(filed: None, language: str, q: str) -> None:
    assert hits(q) == 1


@pytest.mark.parametrize(("language", "q"), NOT_FOUND)
def test_a_submission_is_not_found_by_other_words(filed: None, language: str, q: str) -> None:
    assert hits(q) == 0


def test_title_name_captions_and_the_short_number(contributor: Contributor) -> None:
    contributor.submit(b"picture", print_name="Айгүл")
    with transaction() as session:
        photo = str(session.scalars(select(Photo.id)).one())
        words = cleaned(title="Lighthouse", print_name="Айгүл С.", photos={photo: ("The harbour", "Reuters")})
        text_cleaned(session, contributor.submission_id, words)
    for q in ("lighthouse", "айгүл", "harbour", "reuters", str(contributor.submission_id)[:8]):
        assert hits(q) == 1, q


def test_what_is_not_cleaned_yet_cannot_be_found(contributor: Contributor) -> None:
    contributor.submit(title="Planted", body="Planted")
    assert hits("planted") == 0


def test_an_edit_takes_the_place_of_what_was_there(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        revise(session, in_review.id, editor, in_review.version, Edit("Bridge", "<p>The thaw.</p>", 2))
    assert (hits("thaw"), hits("bridge"), hits("noon")) == (1, 1, 0)


def test_a_note_is_found(in_review: Submission, editor: Editor) -> None:
    with transaction() as session:
        write_note(session, in_review.id, editor, "Ask the cartographer.")
    assert (hits("cartographer"), hits("noon")) == (1, 1)


def test_tags_and_region_are_found_once_they_are_filed(in_review: Submission) -> None:
    with transaction() as session:
        submission = session.get_one(Submission, in_review.id)
        submission.tags, submission.region = ["сайлау"], "Алматы"
        index(session, submission)
    assert hits("сайлау") == hits("алматы") == 1


def test_a_purged_submission_leaves_the_index(contributor: Contributor, in_review: Submission) -> None:
    with transaction() as session:
        withdraw(session, contributor.receipt)
    with transaction() as session:
        purge(session, in_review.id)
    with transaction() as session:
        index(session, session.get_one(Submission, in_review.id))
        assert session.scalar(select(func.count()).select_from(SearchEntry)) == 0


@pytest.mark.parametrize(
    "text",
    ["Ǆ" * 200_000, " ".join(f"сл{n}" for n in range(60_000)), "".join(map(chr, range(0x4E00, 0x9FFF))) * 5],
)
def test_no_text_is_too_much(in_review: Submission, editor: Editor, text: str) -> None:
    """PostgreSQL refuses a vector of more than 1 MB: a hostile text must not keep its submission from the desk."""
    with transaction() as session:
        revise(session, in_review.id, editor, in_review.version, Edit("Long", f"<p>{text}</p>", 1))
    assert hits("long") == 1


@pytest.mark.parametrize(
    "title", ["it's", "a\\b", "x' | 'y", "'a':1A", "&!|<->:*", "𝕬𝖑𝖒𝖆", "🇰🇿 👩‍👩‍👧", "\u202eabc", "ß" * 99]
)
def test_any_title_can_be_filed_and_asked_for(in_review: Submission, editor: Editor, title: str) -> None:
    with transaction() as session:
        revise(session, in_review.id, editor, in_review.version, Edit(title, "<p>x</p>", 1))
    assert hits(title) in {0, 1}
