"""Pages of the desk and of contributors while the private key is missing or was replaced by a wrong key."""

from collections.abc import Callable

import pytest

from intake.db import transaction
from intake.keys.files import key_holder, prepare, read_private
from intake.models import Submission
from intake.settings import Settings
from tests.web.bodies import File
from tests.web.conftest import JPEG, newest
from tests.web.people import Contributor, Newsroom, receipt_of


def replaced(settings: Settings) -> None:
    settings.private_key_path.unlink()
    settings.public_key_path.unlink()
    prepare(settings)


def removed(settings: Settings) -> None:
    settings.private_key_path.unlink()


@pytest.mark.parametrize("lose", [removed, replaced])
def test_the_desk_says_so_on_each_page_with_sealed_words(
    app_settings: Settings, submitted: Callable[..., str], editor: Newsroom, lose: Callable[[Settings], None]
) -> None:
    address = submitted(File("photo-1", JPEG))
    with transaction() as session:
        photo_id = session.get_one(Submission, newest().id).photos[0].id
    photo = f"{address}/photos/{photo_id}/web"
    assert editor.get(photo).status_code == 200
    lose(app_settings)
    key_holder.cache_clear()
    # Titles are encrypted too, so the list and the submission's page need the private key, like the photo.
    for page in (photo, address, "/desk/"):
        answer = editor.get(page)
        assert answer.status_code == 503
        assert (
            "The key that opens this submission is missing on the server, or it is another one."
            in answer.text
        )
        assert "transom keys check" in answer.text
        assert str(app_settings.private_key_path) not in answer.text
    assert editor.get("/desk/me").status_code == 200


def test_contributors_still_send_and_read(app_settings: Settings, contributor: Contributor) -> None:
    contributor.send()
    removed(app_settings)
    key_holder.cache_clear()
    answer = contributor.send(File("photo-1", JPEG))
    assert answer.status_code == 200
    assert contributor.look(receipt_of(answer)).status_code == 200
    with pytest.raises(Exception, match="cannot be read"):
        read_private(app_settings.private_key_path)
