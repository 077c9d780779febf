"""Photos that the tests draw themselves, with secrets planted where cameras and programs leave them."""

import io
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageDraw, PngImagePlugin

COLOURS = ("#b03020", "#2060a0", "#30a050", "#e0c040")
"""Colours of the quarters: top left, top right, bottom left, bottom right."""


def scene(width: int = 320, height: int = 240, mode: str = "RGB") -> Image.Image:
    """Four coloured quarters under a soft gradient, to detect wrong orientation, mirroring, and loss of colours."""
    picture = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(picture)
    for index, colour in enumerate(COLOURS):
        left, top = index % 2 * width // 2, index // 2 * height // 2
        draw.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
    down = Image.linear_gradient("L").resize((width, height))
    across = Image.linear_gradient("L").transpose(Image.Transpose.ROTATE_90).resize((width, height))
    return Image.blend(picture, Image.merge("RGB", (down, across, down)), 0.2).convert(mode)


def encoded(picture: Image.Image, name: str, **how: Any) -> bytes:
    """Encode a picture in Pillow's format `name`."""
    out = io.BytesIO()
    picture.save(out, name, **how)
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    """Decode and load a picture."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def exif_block(marker: str, orientation: int = 1) -> bytes:
    """Exif with camera, artist, date, and a position whose processing method is the marker."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110] = "Fabrika", "Model 7"
    exif[0x0112] = orientation
    exif[0x013B] = marker
    exif[0x0132] = "2026:03:05 12:00:00"
    exif.get_ifd(0x8769).update({0x9003: "2026:03:05 12:00:00", 0xA431: f"SN-{marker}"})
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (43.0, 14.0, 13.0), 3: "E", 4: (76.0, 53.0, 20.0), 27: b"ASCII\0\0\0" + marker.encode()}
    )
    return exif.tobytes()


def xmp_packet(marker: str) -> bytes:
    """XMP with a creator and a position."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="43,14.2N">'
        f"<dc:creator><rdf:Seq><rdf:li>{marker}</rdf:li></rdf:Seq></dc:creator>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()


def jpeg_with_gps(width: int, height: int, marker: str, orientation: int = 1) -> bytes:
    """A JPEG with `marker` in its GPS processing method, artist, serial number, comment, XMP, and after its end.

    `width` and `height` are as stored; an `orientation` of 5 to 8 shows them the other way round.
    """
    how: dict[str, Any] = {"exif": exif_block(marker, orientation), "xmp": xmp_packet(marker)}
    return encoded(scene(width, height), "JPEG", quality=88, comment=marker.encode(), **how) + marker.encode()


def turned_for(orientation: int, picture: Image.Image) -> Image.Image:
    """Store a picture as a camera does under an orientation. Applying that orientation restores it."""
    way = Image.Transpose
    inverse = {2: way.FLIP_LEFT_RIGHT, 3: way.ROTATE_180, 4: way.FLIP_TOP_BOTTOM, 5: way.TRANSPOSE}
    inverse |= {6: way.ROTATE_90, 7: way.TRANSVERSE, 8: way.ROTATE_270}
    return picture.transpose(inverse[orientation]) if orientation in inverse else picture


def multi_picture(marker: str) -> bytes:
    """Two pictures in one JPEG, as phones and stereo cameras write them (MPF)."""
    first, second = scene(), scene(64, 48)
    return encoded(first, "MPO", save_all=True, append_images=[second], comment=marker.encode())


def motion_photo(marker: str) -> bytes:
    """A JPEG with the start of a film after its end."""
    return encoded(scene(), "JPEG") + b"\0\0\0\x18ftypmp42" + marker.encode() + bytes(64)


def png_with_text(marker: str, mode: str = "RGB") -> bytes:
    """A PNG with text of all three kinds, Exif, a private chunk, and bytes after its end."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", marker)
    info.add_text("Comment", marker, zip=True)
    info.add_itxt("XML:com.adobe.xmp", xmp_packet(marker).decode())
    info.add(b"zzZz", marker.encode(), after_idat=True)
    return encoded(scene(mode=mode), "PNG", pnginfo=info, exif=exif_block(marker)) + marker.encode()


def see_through() -> Image.Image:
    """Scene with a half-transparent left half, and a fully transparent right half over colours that remain."""
    picture = scene().convert("RGBA")
    alpha = Image.new("L", picture.size, 128)
    alpha.paste(0, (160, 0, 320, 240))
    picture.putalpha(alpha)
    return picture


def frames(count: int = 4, size: tuple[int, int] = (96, 64)) -> list[Image.Image]:
    """Frames in which a square moves to the right."""
    walk = []
    for index in range(count):
        frame = Image.new("RGB", size, "#204060")
        frame.paste(Image.new("RGB", (12, 12), "#f0d020"), (index * 14, 20))
        walk.append(frame)
    return walk


def animated(name: str, marker: str = "", count: int = 4) -> bytes:
    """An animation of `count` frames of 120 ms, repeated three times, in GIF, WEBP or PNG."""
    first, *rest = frames(count)
    how: dict[str, Any] = {"save_all": True, "append_images": rest, "duration": 120, "loop": 3}
    if name == "WEBP":
        how |= {"lossless": True, "exif": exif_block(marker), "xmp": xmp_packet(marker)}
    if name == "GIF":
        how["comment"] = marker.encode()
    return encoded(first, name, **how)


def grey16() -> bytes:
    """A 16-bit grey PNG with a gradient from black at the left to white at the right."""
    rows = struct.pack("<256H", *(column * 257 for column in range(256))) * 64
    return encoded(Image.frombytes("I;16", (256, 64), rows), "PNG")


@cache
def rgb_profile(primaries: str) -> bytes:
    """A matrix profile (ICC.1:2001-04) for `p3`, `adobe`, `prophoto` or `srgb` colorants, with a plain gamma of
    2.2.

    Written out here because no profile may be copied into the project. Colorants are adapted to D50.
    """
    columns = {
        "p3": ((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841)),
        "adobe": ((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446)),
        "prophoto": ((0.7977, 0.2880, 0.0), (0.1352, 0.7119, 0.0), (0.0313, 0.0001, 0.8249)),
        "srgb": ((0.4361, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)),
    }[primaries]
    tags = {b"wtpt": _xyz(0.9642, 1.0, 0.8249), b"desc": _description(), b"cprt": b"text\0\0\0\0none\0\0\0\0"}
    for letter, column in zip(b"rgb", columns, strict=True):
        tags[bytes([letter]) + b"XYZ"] = _xyz(*column)
        tags[bytes([letter]) + b"TRC"] = b"curv\0\0\0\0" + struct.pack(">IHxx", 1, round(2.2 * 256))
    return _profile(tags)


def _xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in (x, y, z)))


def _description() -> bytes:
    text = b"made\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(text)) + text + bytes(78) + bytes(-len(text) - 2 & 3)


def _profile(tags: dict[bytes, bytes]) -> bytes:
    table, body = struct.pack(">I", len(tags)), b""
    start = 128 + 4 + 12 * len(tags)
    for name, value in tags.items():
        table += name + struct.pack(">II", start + len(body), len(value))
        body += value + bytes(-len(value) & 3)
    head = struct.pack(">I4sI4s4s4s", start + len(body), b"none", 0x02400000, b"mntr", b"RGB ", b"XYZ ")
    head += (
        struct.pack(">6H", 2026, 1, 1, 0, 0, 0)
        + b"acsp"
        + bytes(28)
        + struct.pack(">3i", 63190, 65536, 54061)
    )
    return head.ljust(128, b"\0") + table + body


def chunk(name: bytes, body: bytes) -> bytes:
    """A PNG chunk."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_header_only(width: int, height: int) -> bytes:
    """A PNG that announces its size and has no pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def many_scans(count: int) -> bytes:
    """A JPEG with as many more scans as asked for, each empty."""
    plain = encoded(scene(64, 48), "JPEG")
    scan = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"
    return plain[:-2] + scan * count + plain[-2:]
