"""Documents that are corrupted or disguised: those of the tests, and small ones of the corpus if it is installed.

A name that begins with LEAK must never be read. Corruption may make a hidden word visible, so in files to be corrupted
such names stay only in parts that are never read.
"""

from intake.documents import samples
from intake.documents.identify import zip_file
from tests.corpus.documents import DOCUMENTS
from tests.documents import made
from tests.documents.test_init import MARKDOWN, RTF
from tests.documents.word_files import unzipped, zipped

LARGEST = 100_000
"""Maximum bytes of a source. In the time for one large file, hundreds of small ones can be tried."""
_KINDS = frozenset({".docx", ".odt", ".rtf", ".txt", ".md"})
_HOSTILE = ("bomb", "deep", "entit", "not_a_zip", "truncated", "encrypted")
READ = (
    "word/document", "word/styles", "word/numbering", "word/footnotes", "word/endnotes", "word/_rels/", "content.xml",
    "styles.xml",
)  # fmt: skip
"""Prefixes of the names of parts that a reader may read."""
TEXTS = [
    "Вчера вечером на площадь пришли сотни людей.\r\n\r\nМы видели троих раненых.".encode("cp1251"),
    "昨夜、町で停電がありました。".encode("shift_jis"),
    "Größe, ÖL und Maß\n\n« voilà »".encode("utf-16"),
]


def sources() -> list[bytes]:
    """Documents with planted names, always in the same order."""
    files = sorted(DOCUMENTS.iterdir()) if DOCUMENTS else []
    found = [
        path.read_bytes()
        for path in files
        if path.suffix in _KINDS
        and path.stat().st_size <= LARGEST
        and not any(word in path.name for word in _HOSTILE)
    ]
    return [*own(), *found]


def own() -> list[bytes]:
    """Documents of the tests."""
    office = [made.WORD_PLANTED, made.ODT_PLANTED, *made.SOUND.values(), samples.docx(), samples.odt()]
    return [*office, RTF, MARKDOWN, *TEXTS]


def innocent(data: bytes) -> bytes:
    """The document with planted names (LEAK) only in parts that are never read. Elsewhere, they become NAME."""
    if not is_zip(data):
        return data.replace(b"LEAK", b"NAME")
    return zipped(
        {
            name: part.replace(b"LEAK", b"NAME") if name.startswith(READ) else part
            for name, part in unzipped(data).items()
        }
    )


def is_zip(data: bytes) -> bool:
    """Return whether the document is a ZIP archive."""
    return data.startswith(b"PK") and (zip_file.CONTENT_TYPES.encode() in data or b"mimetype" in data)
