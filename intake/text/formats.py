"""Text formats that a contributor may choose."""

from typing import Literal, get_args

Format = Literal["plain", "light", "html"]
"""`light` is plain text in which lines that begin with `- ` or `1. ` are lists."""

FORMATS: tuple[Format, ...] = get_args(Format)
