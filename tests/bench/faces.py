"""A photo of 12 megapixels searched for faces, as a worker does it when an editor opens the page to redact it.

- **web copy**: the usual search. The web copy of 1,600 pixels is decoded in a sandboxed child, and searched upright and turned to both sides.
- **full copy**: the search in a cropped photo. Its uncropped copy has all 12 megapixels, and is made smaller first.
- **one turn**: the web copy, searched upright only. People who lie are not found by it.

The picture has three drawn faces and the grain of a photo, and all three are found. Each is the second search in its process, because the
sandbox loads the library once: that takes about a second. Peak memory is that of the largest process, with the library in it.

How many faces are found in real photos, and which are missed, is told by [Suggested faces](../faces.md). The figures here say nothing about it.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from intake.photos import clean_photo
from intake.photos.faces import TURNS, find_faces
from tests.bench.case import Case, Context, Measures
from tests.bench.photos import TWELVE, photo
from tests.bench.stopwatch import spent
from tests.photos.faces.drawn import CENTRES, HEIGHT, WIDTH, face, saved

FACES = len(CENTRES)
FACE = 450
"""Width of a face in pixels, of 4,032."""


@contextmanager
def shared() -> Iterator[Context]:
    """The copies of the photo."""
    with TemporaryDirectory(prefix="transom-bench-") as name:
        draw(Path(name))
        yield {"folder": name}


def draw(folder: Path, *, shrink: int = 1) -> None:
    """Write the clean copies. `shrink` divides width and height."""
    width, height = TWELVE[0] // shrink, TWELVE[1] // shrink
    picture = photo(width, height)
    person = face(FACE // shrink)
    for x, y in CENTRES:
        left, top = x * width // WIDTH - person.width // 2, y * height // HEIGHT - person.height // 2
        grainy = Image.blend(person, picture.crop((left, top, left + person.width, top + person.height)), 0.1)
        picture.paste(grainy, (left, top))
    copies = clean_photo(saved(picture))
    for size in ("web", "full"):
        (folder / size).write_bytes(getattr(copies, size))


def every_turn(context: Context) -> Measures:
    """The whole search."""
    return _searched(context, TURNS)


def one_turn(context: Context) -> Measures:
    """The search of the upright picture alone."""
    return _searched(context, (0,))


def _searched(context: Context, turns: Sequence[int]) -> Measures:
    data = (Path(context["folder"]) / context["copy"]).read_bytes()
    found = find_faces(data, turns=turns)
    if len(found) < FACES:
        raise RuntimeError(f"found {len(found)} faces of {FACES}")
    return spent(lambda: find_faces(data, turns=turns))


def _case(name: str, call: Callable[[Context], Measures], copy: str, baseline: str = "") -> Case:
    return Case(name, call=call, given={"copy": copy}, baseline=baseline, compared="cpu_s")


CASES = [
    _case("12 MP: web copy", every_turn, "web"),
    _case("12 MP: full copy", every_turn, "full", "12 MP: web copy"),
    _case("12 MP: web copy, one turn", one_turn, "web", "12 MP: web copy"),
]
