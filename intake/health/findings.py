"""Result of a check of `transom doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """Result of one check. `seen` describes the state found. `advice` says what to do if `ok` is false."""

    name: str
    ok: bool
    seen: str
    advice: str = ""
