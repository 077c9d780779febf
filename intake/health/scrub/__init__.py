"""Scrub: PostgreSQL keeps deleted rows in the free space of its files, in statistics and in its log. A scrub removes them.

docs/decisions/scrub.md has the measurements.
"""

from intake.health.scrub.description import describe
from intake.health.scrub.passes import Obstructed, Plan, ScrubOutcome, plan, scrub
from intake.health.scrub.server import missing
from intake.health.scrub.state import LastScrub, is_promised, last_scrub

__all__ = [
    "LastScrub",
    "Obstructed",
    "Plan",
    "ScrubOutcome",
    "describe",
    "is_promised",
    "last_scrub",
    "missing",
    "plan",
    "scrub",
]
