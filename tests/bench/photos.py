"""One photo cleaned, compared with other tools that a newsroom could use.

- **floor**: `djpeg | cjpeg -quality 90` on the same picture as JPEG: decoding and encoding, and nothing that makes it safe. For HEIC,
  libheif decodes in one thread, in a process of its own, and `cjpeg -quality 90` encodes.
- **transom**: the whole job as a worker does it: three copies (full, 1,600 and 320 pixels), upright, in sRGB, a hash, in a sandboxed
  child, and the verification of each copy outside it. It is the second photo of its kind in the process, since workers clean many photos.
  A first one costs up to 130 ms more on virtual machines that have to get its memory first.
- **unconfined**: the same without sandbox and verification, and without the large memory pages that the child asks for. These save so
  much that unconfined may cost more.
- **libvips**, **ImageMagick**: the same three copies by their command lines, stripped. ImageMagick is not asked for sRGB.
- **exiftool**, **mat2**: metadata removed, one copy only.

Ratios are of CPU time (user and system, with children) to the floor of the same picture, for HEIC of wall time, too. The floor is measured
again right before each case that is divided by it. Peak memory is that of the largest process.

The pictures are generated for the bench. The JPEG of 12 megapixels has 3.4 MB. The HEIC has 2.5 MB in tiles of 512 pixels and a P3 profile, as
phones write it. Its tiles are decoded in as many threads as there are processors, at most 4. The other HEIC is not tiled and has 2.5 MB, in sRGB,
which libheif decodes in one thread.
"""

import io
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from intake.photos import child, clean_photo
from tests.bench.case import Case, Context, Measures
from tests.bench.stopwatch import spent
from tests.photos.made import exif_block, rgb_profile, scene

TILE = 512
TWELVE, TWENTY_FOUR, FOUR = (4032, 3024), (6000, 4000), (2304, 1728)
GRAIN, STRENGTH = 40, 0.17
"""Noise with this standard deviation and share costs an encoder about as much as the detail of a real photo."""


@contextmanager
def shared() -> Iterator[Context]:
    """Yield a folder with the pictures."""
    with TemporaryDirectory(prefix="transom-bench-") as name:
        draw(Path(name))
        yield {"folder": name}


def draw(folder: Path, *, shrink: int = 1) -> None:
    """Write each picture, and its pixels as JPEG for the floor. `shrink` divides width and height."""
    twelve, large, four = (
        photo(width // shrink, height // shrink) for width, height in (TWELVE, TWENTY_FOUR, FOUR)
    )
    _save(twelve, folder / "upright", "JPEG", quality=92)
    _save(twelve, folder / "turned", "JPEG", quality=92, exif=exif_block("bench", 6))
    _save(twelve, folder / "p3", "JPEG", quality=92, icc_profile=rgb_profile("p3"))
    _save(large, folder / "large", "JPEG", quality=92)
    _save(four, folder / "png", "PNG")
    _save(four, folder / "png.jpeg", "JPEG", quality=92)
    _save_heic(twelve, folder / "heic", tile_size=TILE, icc_profile=rgb_profile("p3"))
    _save_heic(twelve, folder / "heic.one")


def photo(width: int, height: int) -> Image.Image:
    """A scene with grain."""
    grain = Image.effect_noise((width, height), GRAIN)
    coloured = Image.merge("RGB", (grain, grain.transpose(Image.Transpose.ROTATE_180), grain))
    return Image.blend(scene(width, height), coloured, STRENGTH)


def _save(picture: Image.Image, path: Path, name: str, **how: object) -> None:
    out = io.BytesIO()
    picture.save(out, name, **how)
    path.write_bytes(out.getvalue())


def _save_heic(picture: Image.Image, path: Path, **how: object) -> None:
    import pillow_heif

    pillow_heif.register_heif_opener()
    _save(picture, path, "HEIF", quality=50, **how)


def confined(context: Context) -> Measures:
    """The whole job."""
    data = _read(context)
    clean_photo(data)
    measures = spent(lambda: [clean_photo(data) for _ in range(EACH)])
    return {name: value / EACH for name, value in measures.items()}


EACH = 4
"""Photos for the mean of a job. The kernel tells the CPU time of the sandbox in steps of 10 ms."""


def unconfined(context: Context) -> Measures:
    """The job in this process."""
    data = _read(context)
    child.prepare()
    child.clean(data)
    return spent(lambda: child.clean(data))


def heic_floor(context: Context) -> Measures:
    """Decode a HEIC in one thread, and encode it as JPEG."""
    import pillow_heif

    pillow_heif.options.DECODE_THREADS = 1
    data = _read(context)

    def work() -> None:
        heif = pillow_heif.open_heif(data)
        width, height = heif.size
        with subprocess.Popen(
            ["cjpeg", "-quality", "90"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        ) as encoder:
            assert encoder.stdin
            encoder.stdin.write(b"P6 %d %d 255\n" % (width, height))
            encoder.stdin.write(heif.data)
            encoder.stdin.close()
        if encoder.returncode:
            raise RuntimeError("cjpeg failed")

    return spent(work)


def _read(context: Context) -> bytes:
    return (Path(context["folder"]) / context["picture"]).read_bytes()


FLOOR = 'djpeg "$0" | cjpeg -quality 90'
IMAGEMAGICK = (
    'convert-im6.q16 "$0" -auto-orient -strip -quality 90 -write "$1/im.full.jpg" '
    '-resize "1600x1600>" -quality 85 -write "$1/im.web.jpg" -resize "320x320>" -quality 80 "$1/im.thumb.jpg"'
)
# The fastest command of libvips. `copy` and `autorot` ignore colour profiles, so a picture with a profile needs another command.
_VIPS_WEB = 'vipsthumbnail "$0" --size "1600x1600>" --export-profile srgb -o "$1/vips.web.jpg[Q=85,strip]"'
_VIPS_THUMB = 'vipsthumbnail "$1/vips.web.jpg" --size "320x320>" -o "$1/vips.thumb.jpg[Q=80,strip]"'
_VIPS_FULL = 'vips autorot "$0" "$1/vips.full.jpg[Q=90,strip]"'
_VIPS_SRGB = (
    'vipsthumbnail "$0" --size "65000x65000>" --export-profile srgb -o "$1/vips.full.jpg[Q=90,strip]"'
)
LIBVIPS, MANAGED_LIBVIPS = (f"{full} && {_VIPS_WEB} && {_VIPS_THUMB}" for full in (_VIPS_FULL, _VIPS_SRGB))
MAT2 = 'cp "$0" "$1/mat2.$2" && mat2 "$1/mat2.$2" && rm "$1/mat2.$2" "$1/mat2.cleaned.$2"'

OTHERS = {
    "libvips": (LIBVIPS, "vips"),
    "libvips to sRGB": (MANAGED_LIBVIPS, "vipsthumbnail"),
    "ImageMagick": (IMAGEMAGICK, "convert-im6.q16"),
    "mat2": (MAT2, "mat2"),
    "exiftool": ('exiftool -q -all= -o - "$0"', "exiftool"),
}
"""Name → required program and shell line ($0 is the picture, $1 the folder, $2 the suffix)."""


def cases_of(
    title: str, picture: str, *, floor: str = "", suffix: str = "jpg", others: tuple[str, ...] = ()
) -> list[Case]:
    """Cases for one picture, compared with the floor of the file `floor`."""
    baseline = f"{title}: floor"

    def shell(line: str, name: str) -> tuple[str, ...]:
        return ("sh", "-c", line, f"{{folder}}/{name}", "{folder}", suffix)

    return [
        Case(baseline, argv=shell(FLOOR, floor or picture), needs=("djpeg", "cjpeg")),
        *_mine(title, picture, baseline),
        *(
            Case(
                f"{title}: {name}",
                argv=shell(OTHERS[name][0], picture),
                needs=(OTHERS[name][1],),
                baseline=baseline,
                compared="cpu_s",
                paired=True,
            )
            for name in others
        ),
    ]


def heic_cases_of(title: str, picture: str) -> list[Case]:
    """Cases for one HEIC, compared with its floor in wall time, too."""
    baseline = f"{title}: floor"
    floor = Case(baseline, call=heic_floor, given={"picture": picture}, needs=("cjpeg",))
    return [floor, *_mine(title, picture, baseline, also=("wall_s",))]


def _mine(title: str, picture: str, baseline: str, also: tuple[str, ...] = ()) -> list[Case]:
    """Transom, with and without its sandbox."""
    return [
        Case(
            f"{title}: {name}",
            call=call,
            given={"picture": picture},
            baseline=baseline,
            compared="cpu_s",
            also_compared=also,
            paired=True,
        )
        for name, call in (("transom", confined), ("unconfined", unconfined))
    ]


CASES = [
    *cases_of("12 MP", "upright", others=("libvips", "ImageMagick", "mat2", "exiftool")),
    *cases_of("12 MP turned", "turned", others=("libvips", "ImageMagick")),
    *cases_of("24 MP", "large", others=("libvips",)),
    *cases_of("12 MP P3", "p3", others=("libvips to sRGB",)),
    *heic_cases_of("12 MP HEIC", "heic"),
    *heic_cases_of("12 MP HEIC, not tiled", "heic.one"),
    *cases_of("4 MP PNG", "png", floor="png.jpeg", suffix="png", others=("libvips", "mat2")),
]
