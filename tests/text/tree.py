"""Tree that browsers make of HTML, by html5lib. `intake.text` uses libxml2."""

import re
from functools import lru_cache
from typing import Any

import html5lib

# html5lib calls int(), which raises ValueError above 4,300 digits. No character reference needs so many.
_ENDLESS = re.compile(r"(&#\d{4000})\d+")


@lru_cache(maxsize=8)
def tree(html: str) -> Any:
    """Parse a body into a whole document.

    Not parsed as a fragment, because html5lib then loses text outside a table's cells. The line break prevents a
    `<frameset>` from replacing the body. Cached, because several invariants check each text.
    """
    read = _ENDLESS.sub(r"\1", html)
    return html5lib.parse(f"<!DOCTYPE html><body><br>{read}", namespaceHTMLElements=False)
