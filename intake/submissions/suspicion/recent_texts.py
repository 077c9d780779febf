"""Comparison with the texts of the last days, by keyed hashes without words, authors or submissions."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Row, delete, func, select
from sqlalchemy.orm import Session

from intake.models import RecentText, contribution_time
from intake.submissions.suspicion import sketch
from intake.submissions.suspicion.traits import Traits

KEPT = timedelta(days=3)
COMPARED = 2000
"""Number of newest texts that a text is compared with, so that memory and time do not grow."""
OFTEN = 2
"""Number of earlier texts from which a repeat counts as frequent."""


def compare(session: Session, found: Traits) -> tuple[str, ...]:
    """Return the signal if a text repeats earlier ones, then store the hashes of this text."""
    if found.exact is None:
        return ()
    signals = _signals(session, found)
    session.add(RecentText(exact=found.exact, sketch=found.sketch))
    return signals


def forget_old(session: Session) -> None:
    """Delete texts of KEPT ago and earlier."""
    session.execute(
        delete(RecentText).where(RecentText.seen_at < contribution_time.to_grain(func.now() - KEPT))
    )


def _signals(session: Session, found: Traits) -> tuple[str, ...]:
    query = select(RecentText.exact, RecentText.sketch).order_by(RecentText.id.desc()).limit(COMPARED)
    earlier = session.execute(query).all()
    same = sum(one.exact == found.exact for one in earlier)
    similar = same + _similar(earlier, found)
    if same >= OFTEN:
        return ("same_text_often",)
    if similar >= OFTEN:
        return ("similar_text_often",)
    return ("same_text",) if same else ("similar_text",) if similar else ()


def _similar(earlier: Sequence[Row[bytes, bytes | None]], found: Traits) -> int:
    """Count the earlier texts with other words that are similar."""
    mine = found.sketch
    if mine is None:
        return 0
    return sum(
        one.exact != found.exact
        and one.sketch is not None
        and sketch.share(one.sketch, mine) >= sketch.SIMILAR_SHARE
        for one in earlier
    )
