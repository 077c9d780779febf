"""Consent text that a contributor agrees to.

Give a changed text a new version. Each submission stores the version that its contributor agreed to.
"""

VERSION = "2026-11"
TEXT = (
    "I am sending this of my own will. I authorise {magazine} to edit and to publish the text and the photographs. "
    "I know that the editors decide what is suitable, and that I can withdraw it until it is published."
)
