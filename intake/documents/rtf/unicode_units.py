r"""Characters that an RTF file writes as `\u` and a number: units of UTF-16, two for a rare character."""

_UNIT = 0x10000


class Units:
    """Buffer of UTF-16 units, because half of a surrogate pair is no character."""

    def __init__(self) -> None:
        self._waiting: list[int] = []

    def add(self, number: int) -> None:
        """Add a unit. Numbers above 32,767 are written as negative ones. Some programs write whole code points."""
        value = number + _UNIT if number < 0 else number
        if 0 <= value < _UNIT:
            self._waiting.append(value)
        elif _UNIT <= value <= 0x10FFFF:
            high, low = divmod(value - _UNIT, 0x400)
            self._waiting += [0xD800 + high, 0xDC00 + low]

    def take(self) -> str:
        """Text of all units. Half a pair becomes U+FFFD."""
        if not self._waiting:
            return ""
        data = b"".join(unit.to_bytes(2, "little") for unit in self._waiting)
        self._waiting.clear()
        return data.decode("utf-16-le", "replace")
