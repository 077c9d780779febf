"""Read OpenDocument texts (.odt) into HTML for the text cleaner."""

from collections import Counter

from intake.documents import reading, samples
from intake.documents.document import Document
from intake.documents.odt import parts
from intake.documents.odt.formulas import OdtFormulas
from intake.documents.odt.names import OFFICE
from intake.documents.odt.story import OdtPlace, OdtReading, OdtStory
from intake.documents.odt.styles import OdtStyles
from intake.documents.package import Package
from intake.documents.pictures import PictureList
from intake.documents.refusal import DocumentRefused


def read(data: bytes) -> Document:
    """Read an OpenDocument text. Raises DocumentRefused, and no other exception but MemoryError."""
    return reading.guarded(parse, data)


def prepare() -> None:
    """Load everything that `read` needs, so that it opens no files."""
    read(samples.odt())


def parse(data: bytes) -> Document:
    """Read an OpenDocument text. Exceptions other than DocumentRefused (bugs of the reader) are not caught."""
    package = Package(data)
    parts.check(package)
    content, named = parts.root(package, "content.xml"), parts.root(package, "styles.xml")
    body = None if content is None else content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise DocumentRefused("unknown", "no body")
    removed: Counter[str] = Counter()
    odt = OdtReading(package, OdtStyles(named, content), removed, PictureList(removed), OdtFormulas(package))
    html = OdtStory(odt, OdtPlace()).blocks(body)
    for number, note in odt.waiting:
        odt.notes.end(number, OdtStory(odt, OdtPlace(is_note=True)).blocks(note))
    removed += parts.count(package, named)
    if next(content.iter(f"{OFFICE}script"), None) is not None:
        removed["macro"] = max(removed["macro"], 1)
    return Document(html + odt.notes.html(), odt.pictures.pictures, +removed)
