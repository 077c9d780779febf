"""Pictures and text boxes of a drawing, in DrawingML or in the older VML."""

import re
from typing import Any

from intake.documents import visibility
from intake.documents.docx import properties
from intake.documents.docx.names import OFF, WP, WPS, A, O, R, V, W

_INVISIBLE = re.compile(r"visibility\s*:\s*hidden|display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_TEXT_BOX, _BLIP, _IMAGE = f"{W}txbxContent", f"{A}blip", f"{V}imagedata"


class Drawn:
    """Things that a drawing shows, in order: pictures, text boxes, and words of shapes.

    `pictures` lists ids of relationships. `is_rule` is true for a horizontal line.
    """

    def __init__(self) -> None:
        self.pictures: list[str] = []
        self.boxes: list[tuple[Any, str | None]] = []
        """Content element and background colour of each text box."""
        self.words: list[str] = []
        self.description = ""
        self.hidden = 0
        self.is_rule = False

    def collect(self, element: Any, fill: str | None = None) -> None:
        """Collect from an element of a drawing and everything in it."""
        if _is_hidden(element):
            self.hidden += 1
            return
        tag = element.tag
        if tag == _TEXT_BOX:
            self.boxes.append((element, fill))
            return
        if tag == f"{WPS}wsp":
            shape = element.find(f"{WPS}spPr")
            fill = None if shape is None else properties.fill_color(shape)
        elif isinstance(tag, str) and tag.startswith(V):
            fill = _vml_fill(element, fill)
        self._single(element, tag)
        for child in element:
            self.collect(child, fill)

    def _single(self, element: Any, tag: Any) -> None:
        if tag == _BLIP:
            self._picture(element.get(f"{R}embed"))
        elif tag == _IMAGE:
            self._picture(element.get(f"{R}id") or element.get(f"{R}pict"))
        elif tag == f"{WP}docPr":
            self.description = element.get("descr") or ""
        elif tag == f"{V}textpath":
            self.words.append(element.get("string") or "")
        elif tag == f"{A}p":
            self.words.append("".join(one.text or "" for one in element.iter(f"{A}t")))
        elif tag in (f"{V}rect", f"{V}shape") and (element.get(f"{O}hr") or "f").lower() in (
            "t",
            "true",
            "1",
        ):
            self.is_rule = True
        if isinstance(tag, str) and tag.startswith(V) and element.get("alt"):
            self.description = element.get("alt")

    def _picture(self, embedded: str | None) -> None:
        if embedded:
            self.pictures.append(embedded)


def _is_hidden(element: Any) -> bool:
    """Return whether a shape is hidden. The name elements that say so are children or grandchildren of the shape."""
    tag = element.tag
    if not isinstance(tag, str):
        return True
    if tag.startswith(V):
        return bool(_INVISIBLE.search(element.get("style") or ""))
    if not tag.endswith(("}inline", "}anchor", "}wsp", "}pic", "}wgp", "}grpSp", "}graphicFrame", "}sp")):
        return False
    named = (one for child in element for one in (child, *child) if isinstance(one.tag, str))
    return any(
        one.tag.endswith(("}docPr", "}cNvPr")) and (one.get("hidden") or "0").lower() not in OFF
        for one in named
    )


def _vml_fill(element: Any, fill: str | None) -> str | None:
    if (element.get("filled") or "t").lower() in ("f", "false", "0"):
        return fill
    color = element.get("fillcolor")
    if color is None:
        return fill
    return visibility.hex_color(color.split()[0] if color.split() else "") or visibility.UNKNOWN
