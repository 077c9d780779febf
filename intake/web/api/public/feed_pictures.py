"""Photos of the feeds by signed addresses, without a token. `intake/publishing/picture_addresses.py` makes the addresses."""

import threading
import time
import uuid

from flask import Blueprint, Response

from intake.db import transaction
from intake.errors import NotFound
from intake.models.photo import SIZES
from intake.publishing.accepted import accepted_submission
from intake.publishing.picture_addresses import DAY_SECONDS, PictureAddress
from intake.web.access import public
from intake.web.api.fields import BYTES
from intake.web.api.operation import operation
from intake.web.errors import problem
from intake.web.file_responses import picture

BURST = 400
"""Pictures that may be read in a burst. The first page of a feed has 50 submissions with some pictures each."""
PER_SECOND = 5.0
"""Pictures per second after the burst, for all readers together, counted per web server process."""


class Allowance:
    """Token bucket that limits the rate of requests. Thread-safe."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._most, self._per_second = burst, per_second
        self._left, self._at = float(burst), time.monotonic()
        self._lock = threading.Lock()

    def take(self) -> bool:
        """Use one request. Returns False if none is left."""
        with self._lock:
            now = time.monotonic()
            self._left = min(self._most, self._left + (now - self._at) * self._per_second)
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            return True


allowance = Allowance(BURST, PER_SECOND)
bp = Blueprint("feed_pictures", __name__, url_prefix="/feeds/pictures")


@bp.get(
    "/<uuid:submission_id>/<uuid:photo_id>/<int:generation>/<size>/<int:expires>/<signature>.<ending>",
    endpoint="read",
)
@public
@operation(
    "readFeedPicture",
    "A photo of an accepted submission, by an address that a feed gave. It needs no token and expires.",
    answers={200: "The bytes."},
    refusals={
        404: "The address is wrong or has expired, or the photo may no longer be seen.",
        429: "Too many pictures were asked for. Try again in a minute.",
    },
    path={"size": {"enum": list(SIZES)}, "ending": {"enum": ["jpg", "png", "webp", "gif"]}},
    media={"image/*": BYTES},
)
def feed_picture(
    submission_id: uuid.UUID,
    photo_id: uuid.UUID,
    generation: int,
    size: str,
    expires: int,
    signature: str,
    ending: str,
) -> Response:
    """Return a photo. Each refusal is the same 404, whatever its reason.

    The signature is checked first, so a guessed address reads neither the database nor a file.
    """
    address = PictureAddress(submission_id, photo_id, generation, size, expires)
    if not address.is_signed_by(signature) or address.seconds_left() <= 0:
        raise NotFound
    if not allowance.take():
        refused = problem(
            429, "Too many requests", "Too many pictures were asked for. Try again in a minute."
        )
        refused.headers["Retry-After"] = "60"
        return refused
    with transaction() as session:
        image = accepted_submission(session, submission_id).image(photo_id)
    if image is None or image.ending != ending:
        raise NotFound
    found = picture(submission_id, photo_id, size, generation=generation)
    # At most a day, so that a photo disappears from feed readers' caches after its submission is withdrawn.
    found.headers["Cache-Control"] = f"private, max-age={min(address.seconds_left(), DAY_SECONDS)}"
    # Feed readers in a browser embed the picture in pages of another origin.
    found.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return found
