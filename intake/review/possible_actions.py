"""Actions that are possible now with a submission, by its status and its decision."""

from intake import lifecycle
from intake.lifecycle import DOWNLOADABLE, EDITABLE
from intake.models import Submission


def possible_actions(submission: Submission) -> set[str]:
    """Return the names of the actions. Does not check the permissions of the editor."""
    settling = submission.settles_at is not None
    moves = (
        "accept",
        "reject",
        "request_changes",
        "hold",
        "spam",
        "reopen",
        "publish",
        "unpublish",
        "retract",
    )
    possible = {verb: not settling and lifecycle.can_move(verb, submission.status) for verb in moves}
    possible["publish"] &= not submission.is_embargoed
    possible |= {
        "undo": submission.decision is not None and submission.decision.state in {"taken", "waiting"},
        "mend": submission.status == "published",
        "edit": not settling and submission.status in EDITABLE,
        "write": submission.status in lifecycle.SCREENED,
        "export": submission.status in DOWNLOADABLE and not submission.is_embargoed,
    }
    return {name for name, allowed in possible.items() if allowed}
