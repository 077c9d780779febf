"""What is written."""

from dataclasses import dataclass

# Blocks of metadata have limits, a JPEG's 65,533 bytes; at five bytes a character, escaped, these fit in all of them.
CAPTION_CHARACTERS, CREDIT_CHARACTERS = 8000, 1000


@dataclass(frozen=True)
class Words:
    """Cleaned text in any script; empty where there is none. What is too long for any block is cut."""

    caption: str
    credit: str

    @classmethod
    def of(cls, caption: str | None, credit: str | None) -> "Words":
        """From the columns of a photo."""
        return cls((caption or "")[:CAPTION_CHARACTERS], (credit or "")[:CREDIT_CHARACTERS])
