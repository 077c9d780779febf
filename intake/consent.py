"""What a contributor agrees to. A changed text gets a new version; which one was agreed to is kept with each submission."""

VERSION = "2026-11"
TEXT = (
    "I am sending this of my own will. I authorise {magazine} to edit and to publish the text and the photographs. "
    "I know that the editors decide what is suitable, and that I can withdraw it until it is published."
)
