"""Consent text that a contributor agrees to, unless an admin wrote another one (intake/magazine/).

Give a changed text a new version. Each submission stores what its contributor agreed to.
"""

from dataclasses import dataclass

from intake.plurals import ENGLISH, Translator, gettext_noop

VERSION = "2026-11"
TEXT = gettext_noop(
    "I am sending this of my own will. I authorise %(magazine)s to edit and to publish the text and the photographs. "
    "I know that the editors decide what is suitable, and that I can withdraw it until it is published."
)


@dataclass(frozen=True)
class Consent:
    """A consent text. `version` is like `2026-11` for the default text, or like `kk-3` for the magazine's own text."""

    version: str
    language: str
    text: str


def text(magazine: str, translator: Translator = ENGLISH) -> str:
    """Return the default consent text of a magazine."""
    return translator.gettext(TEXT) % {"magazine": magazine}


def default(magazine: str) -> Consent:
    """Return the default consent text in English."""
    return Consent(VERSION, "en", text(magazine))
