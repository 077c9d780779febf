"""Data of a picture in an RTF file: hex digits or bytes."""

_FORMATS = frozenset({"pngblip", "jpegblip"})
_HEX = b"0123456789abcdefABCDEF"
_OTHERS = bytes(sorted(set(range(256)) - set(_HEX)))


class PictureData:
    """Data of one picture. Only PNG and JPEG are kept, since the photo cleaner does not read WMF and EMF."""

    def __init__(self) -> None:
        self._is_photo = False
        self._hex = bytearray()
        self._binary = bytearray()

    def word(self, word: str) -> None:
        """Read a control word. Some of them name the format of the picture."""
        if word in _FORMATS:
            self._is_photo = True

    def add_hex(self, digits: bytes) -> None:
        """Add hex digits. Other characters between them are ignored."""
        if self._is_photo:
            self._hex += digits.translate(None, _OTHERS)

    def add_bytes(self, data: bytes) -> None:
        r"""Add the bytes behind `\bin`."""
        self._binary += data

    def data(self) -> bytes:
        """Bytes of the picture. Empty if it is of another format or has none."""
        if not self._is_photo:
            return b""
        # Drop the last digit if their number is odd, because it is only half a byte.
        return bytes(self._binary) or bytes.fromhex(self._hex[: len(self._hex) & ~1].decode())
