"""Consent text that a contributor agrees to.

Give a changed text a new version. Each submission stores the version that its contributor agreed to.
"""

from intake.plurals import ENGLISH, Translator, gettext_noop

VERSION = "2026-11"
TEXT = gettext_noop(
    "I am sending this of my own will. I authorise %(magazine)s to edit and to publish the text and the photographs. "
    "I know that the editors decide what is suitable, and that I can withdraw it until it is published."
)


def text(magazine: str, translator: Translator = ENGLISH) -> str:
    """Return the consent text of a magazine."""
    return translator.gettext(TEXT) % {"magazine": magazine}
