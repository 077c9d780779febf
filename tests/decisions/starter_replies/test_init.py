from collections import Counter

import pytest

from intake.db import transaction
from intake.decisions.canned_replies import languages_ready
from intake.decisions.starter_replies import Shipped, shipped
from intake.languages import LANGUAGES
from intake.models.decision import VERDICTS
from intake.settings import Settings
from intake.text import clean_body
from intake.web.forms.fields import NOTE_CHARACTERS

ENGLISH = {(one.verdict, one.name) for one in shipped() if one.language == "en"}


@pytest.mark.parametrize("reply", shipped(), ids=lambda one: f"{one.language} {one.name}")
def test_every_reply_is_one_that_could_be_sent(reply: Shipped) -> None:
    assert reply.verdict in VERDICTS
    assert reply.language in LANGUAGES
    assert (reply.verdict, reply.name) in ENGLISH
    assert len(reply.body) <= NOTE_CHARACTERS
    assert clean_body(reply.body, format="plain").text == reply.body
    # Whoever finds a receipt need not learn what was written.
    assert "{title}" not in reply.body


def test_a_newsroom_begins_with_them(app_settings: Settings) -> None:
    with transaction() as session:
        assert languages_ready(session) == Counter(one.language for one in shipped())
