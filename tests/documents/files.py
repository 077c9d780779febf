"""Small files of many kinds, made in memory."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
ODF = "application/vnd.oasis.opendocument."


def archive(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP archive with these parts in order."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def office(main_type: str = MAIN, **more: str) -> bytes:
    """An Office file whose main part is of a type."""
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{main_type}"/></Types>'
    return archive({"a/first.xml": "x", "[Content_Types].xml": types, **more})


def compound(*streams: str) -> bytes:
    """A compound file with streams of these names. Only its signature and directory are real."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries
