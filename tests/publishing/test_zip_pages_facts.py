from intake.publishing.zip_pages import facts
from tests.publishing.submissions import NOW, accepted, image


def test_every_fact_that_may_be_printed() -> None:
    photo = image(2, caption="The door", credit="A. N.", alt="A broken door", format="png")
    submission = accepted(
        region="Almaty", tags=["ice", "river"], print_name="Ә. Н.", published_at=NOW,
        published_url="https://magazine.example/ice", images=[photo],
    )  # fmt: skip
    assert facts(submission) == {
        "id": "00000000-0000-0000-0000-000000000001",
        "title": "Ice",
        "revision": 2,
        "words": 2,
        "language": "kk",
        "section": "News",
        "region": "Almaty",
        "tags": ["ice", "river"],
        "name_to_print": "Ә. Н.",
        "consent_version": "1",
        "published_at": "2026-11-23T14:05:00+00:00",
        "published_url": "https://magazine.example/ice",
        "alternates": [],
        "photos": [
            {
                "file": "photos/02.png",
                "file_1600": "photos/02-1600.png",
                "file_320": "photos/02-320.png",
                "caption": "The door",
                "credit": "A. N.",
                "alt": "A broken door",
                "width": 4,
                "height": 3,
            }
        ],
        "featured_photo": "photos/02.png",
        "photos_in_the_text": [],
    }


def test_an_unpublished_submission_has_no_times() -> None:
    assert "2026" not in str(facts(accepted()))
