"""Metadata as phones write it: owner, time, device and position."""

import random

from PIL import Image

TELEPHONES = (
    ("samsung", "SM-A145F"),
    ("Xiaomi", "23106RN0DA"),
    ("Apple", "iPhone 12"),
    ("HUAWEI", "STK-LX1"),
)
# Tags of Exif 2.32: tables 4 (IFD0), 8 (Exif), 15 (GPS).
MAKE, MODEL, DATE, ARTIST, EXIF_IFD, GPS_IFD = 0x010F, 0x0110, 0x0132, 0x013B, 0x8769, 0x8825
DATE_TAKEN, SERIAL = 0x9003, 0xA431


def exif(seed: str, place: tuple[float, float]) -> bytes:
    """Build an Exif block with camera, serial number, owner, time and position."""
    dice = random.Random(seed)  # noqa: S311 - a picture, not a secret
    made, when = (
        Image.Exif(),
        f"2026:{dice.randint(9, 10):02}:{dice.randint(1, 28):02} 1{dice.randint(0, 8)}:24:07",
    )
    made[MAKE], made[MODEL] = dice.choice(TELEPHONES)
    made[DATE], made[ARTIST] = when, "Telephone of a contributor"
    made.get_ifd(EXIF_IFD).update({DATE_TAKEN: when, SERIAL: f"SN-{dice.randint(10**9, 10**10)}"})
    made.get_ifd(GPS_IFD).update(_position(place))
    return made.tobytes()


def xmp(place: tuple[float, float]) -> bytes:
    """Build an XMP packet that repeats the position, as photo editors on phones do."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/"'
        f' exif:GPSLatitude="{place[0]:.5f}" exif:GPSLongitude="{place[1]:.5f}"/></rdf:RDF></x:xmpmeta>'
    ).encode()


def _position(place: tuple[float, float]) -> dict[int, object]:
    latitude, longitude = place
    return {
        1: "N" if latitude >= 0 else "S",
        2: _sexagesimal(latitude),
        3: "E" if longitude >= 0 else "W",
        4: _sexagesimal(longitude),
    }


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    minutes = abs(degrees) * 60
    return float(minutes // 60), float(minutes // 1 % 60), round(minutes % 1 * 60, 2)
