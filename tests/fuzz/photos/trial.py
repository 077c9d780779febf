"""Trial of one file by all code that parses untrusted photos."""

from dataclasses import dataclass

from intake.photos import REASONS, CleanPhoto, PhotoRefused, clean_photo, inspect
from intake.photos.identify import sniff
from intake.photos.verify import verify
from tests.fuzz.trial import Trial, watched

LONGEST = 15
"""Time limit in seconds for reading one file. The readers of the parent process take milliseconds."""


@dataclass
class PhotoTrial(Trial):
    """Result for one file. Its `outcome` is `clean`, or the reason of the refusal."""

    cleaned: CleanPhoto | None = None


def attempt(data: bytes) -> PhotoTrial:
    """Read the bytes in this process, clean them in the sandbox, and prove what comes out."""
    trial = PhotoTrial()
    with watched(trial, LONGEST):
        _read(data)
        _clean(data, trial)
    return trial


def _read(data: bytes) -> None:
    verify(data)
    claimed = sniff(data)
    if claimed:
        inspect.count(data, claimed)


def _clean(data: bytes, trial: PhotoTrial) -> None:
    try:
        trial.cleaned = clean_photo(data)
    except PhotoRefused as refusal:
        trial.outcome = refusal.reason
        if refusal.reason not in REASONS or refusal.reason == "not_proven_clean":
            trial.finding = f"refused as {refusal.reason}: {refusal.detail}"
        return
    unclean = [verify(copy) for copy in (trial.cleaned.full, trial.cleaned.web, trial.cleaned.thumb)]
    if any(unclean):
        trial.finding = f"verify: {unclean}"
