"""Errors that the features raise. The web code maps them to pages and to problem documents of the API."""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from intake.plurals import READER, desk_noop

UNDER_EMBARGO = desk_noop("This submission is under an embargo until %(time)s.")
STILL_OPEN = desk_noop("Still open: %(points)s.")


class StaleRevision(Exception):
    """The page or request was based on an outdated version of a submission or saved reply."""


class NotFound(Exception):
    """The requested object does not exist, or this person may not see it. Both cases must look the same."""


class ReasonMissing(Exception):
    """A rejection needs a reason code."""


class MessageMissing(Exception):
    """A request for changes needs a message that says what to change."""


class NotNow(Exception):
    """The action has to wait. Pages show title, reason and advice. API responses also contain the code."""

    code: ClassVar[str]
    title: ClassVar[str]
    reason: str
    advice: str


class SecondEditorNeeded(NotNow):
    """The section needs two approvals, and this editor gave the first approval."""

    code = "second_editor_needed"
    title = desk_noop("A second editor is needed")
    reason = desk_noop("You gave the first approval. This section needs the approval of a second editor.")
    advice = desk_noop("Ask a colleague. Mention them in a note to notify them at once.")


class RetouchPending(NotNow):
    """A photo still shows pixels that an editor wants destroyed. A worker will apply the retouch shortly."""

    code = "retouch_waits"
    title = desk_noop("Not yet")
    reason = desk_noop("A photo of this submission is being redacted or cropped. The change is not done yet.")
    advice = desk_noop("Wait a minute, then try again. Or open the photo and undo the change.")


class Embargoed(NotNow):
    """The submission must not leave the desk before `until`."""

    code = "embargoed"
    title = desk_noop("Not yet")
    advice = desk_noop("Try again then. To end the embargo sooner, edit the submission and change the time.")

    def __init__(self, until: datetime) -> None:
        self.reason = READER.gettext(UNDER_EMBARGO) % {"time": READER.moment(until)}
        super().__init__(self.reason)


class OpenPoints(NotNow):
    """The checklist of the section has open points, and the editor gave no reason to go on."""

    code = "open_points"
    title = desk_noop("The checklist has open points")
    advice = desk_noop("Settle them, or give a reason to go on without them.")

    def __init__(self, labels: Sequence[str]) -> None:
        self.reason = READER.gettext(STILL_OPEN) % {"points": ". ".join(labels)}
        super().__init__(self.reason)


class ClaimedByOther(Exception):
    """Another editor has claimed this submission. The message is that editor's name."""


class KeyReused(Exception):
    """The Idempotency-Key was used before with a different text. This is a client error, not a retry."""


class AlreadySubmitted(Exception):
    """The form's token was used before: a second click, or a retry after a lost response."""


class StaleDraft(Exception):
    """The words were typed into an older version of the draft. The newer version is kept."""


class LimitReached(Exception):
    """A maximum number has been reached, such as messages in a day or saved views of an editor."""


class EmptyAnswer(Exception):
    """The contributor's answer has no message, no change of the text, and no photo added or left out."""


class IneligibleJobs(Exception):
    """Some of the named jobs cannot be retried or discarded, so none was. `why` is {job id: sentence}."""

    def __init__(self, why: dict[int, str]) -> None:
        super().__init__(" ".join(f"Job {number}: {said}" for number, said in why.items()))
        self.why = why


class JobCountChanged(Exception):
    """The filter now matches a different number of jobs than the admin confirmed.

    `count` is the current number of jobs.
    """

    def __init__(self, count: int) -> None:
        super().__init__(f"the filter now matches {count} jobs")
        self.count = count


class NameTaken(Exception):
    """Another saved reply or saved view has this name already."""
