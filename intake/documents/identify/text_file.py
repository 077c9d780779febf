"""Kind of a text file: plain or Markdown. Files of code or data, such as mail source, HTML and XML, are refused."""

import re
from typing import Literal

from intake.documents.identify import archive_remains
from intake.documents.refusal import DocumentRefused

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd")
_PLAIN = (".txt", ".text")
_HEAD = 16_384

# Headers that only mail programs and servers write, and nobody types, so that they prove an e-mail.
_TRANSPORT = re.compile(
    r"^(?:received|return-path|delivered-to|message-id|mime-version|dkim-signature|arc-seal|x-[\w-]{1,60}):",
    re.IGNORECASE | re.MULTILINE,
)
_SENT = re.compile(r"^(?:received|return-path|delivered-to|message-id):", re.IGNORECASE | re.MULTILINE)
_FIRST_HEADER = re.compile(r"(?:From \S+[ \t]|[A-Za-z][\w-]{1,60}:[ \t]?)")
_TYPED = re.compile(r"^(?:from|to|subject|date|cc):", re.IGNORECASE | re.MULTILINE)
_WEB_ARCHIVE = re.compile(r"^content-type:\s{0,9}multipart/related", re.IGNORECASE | re.MULTILINE)
_WEB_PAGE = re.compile(r"(?:<!doctype html|<html|<head|<body)[\s>]", re.IGNORECASE)
_XML = (
    ("<office:document", "flat_odt"),
    ("urn:oasis:names:tc:opendocument", "flat_odt"),
    ('progid="Word.Document"', "word_xml"),
    ("schemas.microsoft.com/office/word/2003/wordml", "word_xml"),
    ("schemas.microsoft.com/office/2006/xmlPackage", "word_xml"),
)


def kind(data: bytes, name: str) -> Literal["txt", "md"]:
    """Kind of a file that has no signature of another kind.

    A text file stays one by its name, even if it begins with HTML, because authors write about HTML too.
    Raises DocumentRefused for mail, web pages and XML, and for damaged archives.
    """
    if archive_remains.are_in(data):
        raise DocumentRefused("damaged", "parts of an archive")
    lower = name.lower()
    # UTF-16 has a zero byte beside each ASCII letter.
    head = data[:_HEAD].replace(b"\0", b"").decode("latin-1").lstrip("\xef\xbb\xbf\xff\xfe \t\r\n")
    head = head.replace("\r\n", "\n").replace("\r", "\n")
    refused = _mail(head) or (None if lower.endswith((*_MARKDOWN, *_PLAIN)) else _markup(head))
    if refused:
        raise DocumentRefused(refused)
    return "md" if lower.endswith(_MARKDOWN) else "txt"


def _mail(head: str) -> str | None:
    """Reason to refuse the source of an e-mail or web archive, since it contains addresses. None for other texts."""
    headers = head.partition("\n\n")[0]
    if not _FIRST_HEADER.match(headers):
        return None
    if _WEB_ARCHIVE.search(headers) and not _SENT.search(headers):
        return "web_page"
    added = len(_TRANSPORT.findall(headers))
    is_source = added > 1 or (added and (_TYPED.search(headers) or headers.startswith("From ")))
    return "mail" if is_source else None


def _markup(head: str) -> str | None:
    if not head.startswith("<"):
        return None
    if head.startswith("<?xml") or "<w:" in head or "<office:" in head:
        found = next((reason for sign, reason in _XML if sign in head), None)
        if found:
            return found
    return "web_page" if _WEB_PAGE.search(head) else None
