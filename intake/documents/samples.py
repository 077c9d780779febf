"""Minimal valid documents. Reading them loads codecs and modules, which a sandboxed child cannot load later."""

import io
import zipfile

_OFFICE = "http://schemas.openxmlformats.org"
_DOCX = {
    "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types"/>',
    "word/document.xml": f'<w:document xmlns:w="{_OFFICE}/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>A</w:t></w:r>'
    "</w:p></w:body></w:document>",
}
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODT = {
    "mimetype": "application/vnd.oasis.opendocument.text",
    "content.xml": f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0">'
    "<office:body><office:text><text:p>A</text:p></office:text></office:body></office:document-content>",
}


def docx() -> bytes:
    """A Word file with one letter."""
    return _zipped(_DOCX)


def odt() -> bytes:
    """An OpenDocument text with one letter."""
    return _zipped(_ODT)


def _zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()
