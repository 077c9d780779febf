"""Messages of the live updates, as server-sent events."""

import json
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from intake.plurals import ENGLISH, Translator
from intake.review.live_facts import Fact, sentence
from intake.translations import catalogue, interface


@dataclass(frozen=True)
class LiveMessage:
    """Server-sent event about a submission of a section and a language.

    `text` is in English. `translated` has it in other languages of the desk.
    """

    text: str
    section: str = ""
    language: str = ""
    translated: Mapping[str, str] = field(default_factory=dict)

    def read_in(self, code: str) -> str:
        """Return the event in a language of the desk."""
        return self.translated.get(code, self.text)


def message(fact: Fact) -> LiveMessage:
    """Return the message about a submission's event."""
    others = [code for code in interface.DESK if code != interface.ENGLISH]
    translated = {code: change(fact, catalogue.load(code)) for code in others}
    return LiveMessage(change(fact), fact.section, fact.language, translated)


CROWDED = "event: crowded\ndata: {}\n\n"
"""Message to a page whose stream closes because the person opened too many. The page then polls and does not reconnect."""


def logged_out(sentence: str) -> str:
    """Format a server-sent event: the page's session has ended. `sentence` says why, in the reader's language."""
    return f"event: logged-out\ndata: {json.dumps({'sentence': sentence})}\n\n"


def change(fact: Fact, translator: Translator = ENGLISH) -> str:
    """Format a submission's event as a server-sent event."""
    return f"id: {fact.id}\nevent: change\ndata: {json.dumps(plain(fact, translator))}\n\n"


def presence(submission_id: str) -> str:
    """Format a server-sent event: the editors who have a submission's page open have changed."""
    return f"event: presence\ndata: {json.dumps({'submission': str(uuid.UUID(submission_id))})}\n\n"


def plain(fact: Fact, translator: Translator = ENGLISH) -> dict[str, object]:
    """Return a submission's event as a dictionary for JSON."""
    words = asdict(fact) | {"submission": str(fact.submission), "sentence": sentence(fact, translator)}
    return {name: value for name, value in words.items() if name not in {"section", "language", "by"}}
