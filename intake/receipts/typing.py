"""Signs that people type for those of a receipt: look-alikes of other scripts, digits of other scripts, separators."""

import re
import unicodedata

MAX_TYPED_CHARACTERS = 200

_IGNORED = re.compile(r"[ZPC]|Sk")
"""Unicode categories of what stands between groups or is copied along: spaces, punctuation, controls, direction marks."""

_MINUS = "−"

# Capital letters that look like Latin ones, in Cyrillic and Greek.
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХЅІЈԌԚԜЗ" "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ",
    "ABEKMHOPCTYXSIJGQW3" "ABEZHIKMNOPTYX",
)  # fmt: skip
# Crockford's table of characters that people confuse.
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1"})


def groups(typed: str) -> list[str]:
    """Split a typed receipt where something other than letters and digits stands.

    Letters become capital Latin ones, digits of any script 0 to 9. Empty if the text is too long for a receipt.
    """
    if len(typed) > MAX_TYPED_CHARACTERS:
        return []
    # NFKC converts the full-width letters and digits of East Asian keyboards.
    signs = unicodedata.normalize("NFKC", typed).upper().translate(_LOOK_ALIKES).translate(_CONFUSED)
    return "".join(_sign(sign) for sign in signs).split()


def _sign(sign: str) -> str:
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    return " " if sign == _MINUS or _IGNORED.match(unicodedata.category(sign)) else sign
