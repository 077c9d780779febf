"""Photos that the demo draws, with metadata as a phone writes it, so that cleaning has something to remove.

This package opens no file that a contributor sent.
"""

import io

SCENES = ("steppe", "mountains", "street", "court", "chapel", "dome", "crowd", "notice", "damaged")
QUALITY = 88


def draw(scene: str, seed: str, place: tuple[float, float]) -> bytes:
    """Draw one of SCENES as a JPEG. A scene with the same seed is always the same picture.

    `place` is latitude and longitude in degrees. The scene `damaged` is a truncated file, like the result of
    an upload over a broken connection.
    """
    if scene == "damaged":
        whole = draw("street", seed, place)
        return whole[: len(whole) // 3]
    from intake.demo.pictures.scenes import paint
    from intake.demo.pictures.telephone import exif, xmp

    out = io.BytesIO()
    picture = paint(scene, seed)
    picture.save(
        out, "JPEG", quality=QUALITY, exif=exif(seed, place), xmp=xmp(place), comment=b"sent by telephone"
    )
    return out.getvalue()
