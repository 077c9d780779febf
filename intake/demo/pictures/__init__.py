"""Photos that the demo draws itself, with what a telephone would write into them, so that cleaning shows something.

Our own pictures alone: nothing that a stranger sent is ever opened here.
"""

import io

SCENES = ("steppe", "mountains", "street", "court", "chapel", "dome", "crowd", "notice", "damaged")
QUALITY = 88


def draw(scene: str, seed: str, place: tuple[float, float]) -> bytes:
    """A JPEG of one of SCENES; the same seed draws the same picture. `place` is latitude and longitude in degrees.

    `damaged` is half a file, as a broken connection leaves one.
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
