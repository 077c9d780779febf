"""The tree that browsers make of HTML, by html5lib: `intake.text` asks libxml2."""

from functools import lru_cache
from typing import Any

import html5lib


@lru_cache(maxsize=8)
def tree(html: str) -> Any:
    """The document whose body this is.

    No fragment: html5lib loses what stands in a table but in no cell of one. The line break keeps a `<frameset>` from
    taking the place of the body. Several questions are asked about each text, hence the cache.
    """
    return html5lib.parse(f"<!DOCTYPE html><body><br>{html}", namespaceHTMLElements=False)
