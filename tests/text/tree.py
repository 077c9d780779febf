"""Tree that browsers make of HTML, by html5lib. `intake.text` uses libxml2."""

from functools import lru_cache
from typing import Any

import html5lib


@lru_cache(maxsize=8)
def tree(html: str) -> Any:
    """Parse a body into a whole document.

    A fragment would not do: html5lib loses text in a table outside its cells. The line break prevents a
    `<frameset>` from replacing the body. Cached, because several laws check each text.
    """
    return html5lib.parse(f"<!DOCTYPE html><body><br>{html}", namespaceHTMLElements=False)
