from intake.db import transaction
from intake.models import Submission
from intake.queue.page import suggestions
from tests.cast import Contributor


def test_tags_and_regions_in_use_are_offered_each_once(contributor: Contributor) -> None:
    for region, tags in (("Алматы", ["су", "Мұз"]), ("Алматы", ["су"]), (None, [])):
        here = contributor.submit()
        with transaction() as session:
            submission = session.get_one(Submission, here)
            submission.region, submission.tags = region, tags
    with transaction() as session:
        found = suggestions(session)
    assert (found.regions, found.tags) == (["Алматы"], ["Мұз", "су"])
