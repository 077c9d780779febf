from collections import Counter

import pytest

from intake.db import transaction
from intake.decisions.canned_replies import reply_languages
from intake.decisions.starter_replies import StarterReply, starter_replies
from intake.languages import LANGUAGES
from intake.models.decision import VERDICTS
from intake.settings import Settings
from intake.text import clean_body
from intake.web.forms.fields import NOTE_CHARACTERS

ENGLISH = {(one.verdict, one.name) for one in starter_replies() if one.language == "en"}


@pytest.mark.parametrize("reply", starter_replies(), ids=lambda one: f"{one.language} {one.name}")
def test_every_reply_is_one_that_could_be_sent(reply: StarterReply) -> None:
    assert reply.verdict in VERDICTS
    assert reply.language in LANGUAGES
    assert (reply.verdict, reply.name) in ENGLISH
    assert len(reply.body) <= NOTE_CHARACTERS
    assert clean_body(reply.body, format="plain").text == reply.body
    # A person who finds a receipt must not learn from it what was written.
    assert "{title}" not in reply.body


def test_a_newsroom_begins_with_them(app_settings: Settings) -> None:
    with transaction() as session:
        assert reply_languages(session) == Counter(one.language for one in starter_replies())
