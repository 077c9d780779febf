"""Reasons to refuse a document, with sentences for the contributor."""

from intake.plurals import ENGLISH, Translator, gettext_noop
from intake.sandbox.refusal import Refused

REASONS = {
    "empty": gettext_noop("The file is empty. Choose the document again, or paste the words into the form."),
    "no_words": gettext_noop("We found no words in this document. Paste the words into the form."),
    "unknown": gettext_noop(
        "We do not know this kind of file. Send a .docx, .odt, .rtf, .txt or .md file, or paste the words into the"
        " form."
    ),
    "damaged": gettext_noop("This file could not be opened safely. Paste the words into the form."),
    "too_big": gettext_noop(
        "This document is too large when it is unpacked. Send a shorter one, or paste the words into the form."
    ),
    "too_large": gettext_noop(
        "This file is larger than we can take in. Paste the words into the form, and send its pictures as"
        " photos."
    ),
    "too_long": gettext_noop(
        "This document is longer than we can take in. Send it in parts, or paste the words into the form."
    ),
    "encrypted": gettext_noop(
        "This file is locked with a password, so we cannot read it. Save it without one and send it again."
    ),
    "pdf": gettext_noop(
        "We cannot take a PDF: text that looks blacked out in it is often still there. Copy the words into the form,"
        " or send the .docx or .odt it was made from."
    ),
    "old_word": gettext_noop(
        "This is an old Word file. Open it, choose Save as, pick Word document (.docx), and send that."
    ),
    "word_xml": gettext_noop(
        "This is a Word file saved as XML. Open it, choose Save as, pick Word document (.docx), and send that."
    ),
    "flat_odt": gettext_noop(
        "This is an OpenDocument file saved as XML. Open it, choose Save as, pick ODF Text Document (.odt), and"
        " send that."
    ),
    "other_word": gettext_noop(
        "We cannot read the files of this word processor. Open it there, save it as .docx, .odt, .rtf or .txt,"
        " and send that."
    ),
    "pages": gettext_noop(
        "This is a Pages file. In Pages choose File → Export to → Word, and send the file that it makes."
    ),
    "mail": gettext_noop(
        "This is an e-mail, and the file itself can name you and your mail server. Paste its words into the form."
    ),
    "web_page": gettext_noop(
        "This is a web page. Open it in a browser, copy the words, and paste them into the form."
    ),
    "sheet": gettext_noop("This is a spreadsheet or a presentation. Paste its words into the form."),
    "book": gettext_noop("This is an e-book. Copy the words from it, and paste them into the form."),
    "archive": gettext_noop("This is a packed archive. Unpack it, and send the document from inside."),
    "picture": gettext_noop(
        "This is a picture, not a text. Send it as a photo, and write the words into the form."
    ),
    "too_slow": gettext_noop(
        "This document took too long to open, as damaged or hostile files do. Paste the words into the form."
    ),
    "too_much_memory": gettext_noop(
        "This document needed too much memory to open, as damaged or hostile files do. Paste the words"
        " into the form."
    ),
}
"""Reason → sentence that says what happened and what to do."""


def why_and_what_to_do(reason: str, translator: Translator = ENGLISH) -> str:
    """Sentences about a reason, a key of REASONS, for the contributor."""
    return translator.gettext(REASONS[reason])


class DocumentRefused(Refused):
    """The document cannot be read. `reason` is a key of REASONS.

    `detail` tells an admin where the reader failed. It never quotes the file.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        if reason not in REASONS:
            raise ValueError(f"{reason!r} is not a reason; add it to REASONS first")
        super().__init__(reason, detail)

    @property
    def sentence(self) -> str:
        """Reason in plain English, with advice on another way to send the text."""
        return why_and_what_to_do(self.reason)
