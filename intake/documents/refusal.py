"""Reasons to refuse a document, with sentences for the contributor."""

from intake.sandbox.refusal import Refused

REASONS = {
    "empty": "The file is empty. Choose the document again, or paste the words into the form.",
    "no_words": "We found no words in this document. Paste the words into the form.",
    "unknown": "We do not know this kind of file. Send a .docx, .odt, .rtf, .txt or .md file, or paste the words into the"
    " form.",
    "damaged": "This file could not be opened safely. Paste the words into the form.",
    "too_big": "This document is too large when it is unpacked. Send a shorter one, or paste the words into the form.",
    "too_large": "This file is larger than we can take in. Paste the words into the form, and send its pictures as"
    " photos.",
    "too_long": "This document is longer than we can take in. Send it in parts, or paste the words into the form.",
    "encrypted": "This file is locked with a password, so we cannot read it. Save it without one and send it again.",
    "pdf": "We cannot take a PDF: text that looks blacked out in it is often still there. Copy the words into the form,"
    " or send the .docx or .odt it was made from.",
    "old_word": "This is an old Word file. Open it, choose Save as, pick Word document (.docx), and send that.",
    "word_xml": "This is a Word file saved as XML. Open it, choose Save as, pick Word document (.docx), and send that.",
    "flat_odt": "This is an OpenDocument file saved as XML. Open it, choose Save as, pick ODF Text Document (.odt), and"
    " send that.",
    "other_word": "We cannot read the files of this word processor. Open it there, save it as .docx, .odt, .rtf or .txt,"
    " and send that.",
    "pages": "This is a Pages file. In Pages choose File → Export to → Word, and send the file that it makes.",
    "mail": "This is an e-mail, and the file itself can name you and your mail server. Paste its words into the form.",
    "web_page": "This is a web page. Open it in a browser, copy the words, and paste them into the form.",
    "sheet": "This is a spreadsheet or a presentation. Paste its words into the form.",
    "book": "This is an e-book. Copy the words from it, and paste them into the form.",
    "archive": "This is a packed archive. Unpack it, and send the document from inside.",
    "picture": "This is a picture, not a text. Send it as a photo, and write the words into the form.",
    "too_slow": "This document took too long to open, as damaged or hostile files do. Paste the words into the form.",
    "too_much_memory": "This document needed too much memory to open, as damaged or hostile files do. Paste the words"
    " into the form.",
}
"""Reason → sentence that says what happened and what to do."""


class DocumentRefused(Refused):
    """The document cannot be read. `reason` is a key of REASONS.

    `detail` names for an admin the place of the failure. It never quotes the file.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        if reason not in REASONS:
            raise ValueError(f"{reason!r} is not a reason; add it to REASONS first")
        super().__init__(reason, detail)

    @property
    def sentence(self) -> str:
        """Reason in plain English, with a way to send the words."""
        return REASONS[self.reason]
