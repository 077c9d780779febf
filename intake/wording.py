"""What statuses and events are called before people."""

STATUS = {
    "received": "Being cleaned",
    "in_review": "In review",
    "held": "On hold",
    "changes_requested": "Changes asked for",
    "accepted": "Accepted",
    "rejected": "Not accepted",
    "spam": "Spam",
    "published": "Published",
    "withdrawn": "Withdrawn",
    "purged": "Deleted",
}
LANES = {
    "ours": "Our turn",
    "theirs": "Contributor’s turn",
    "machine": "In the machine",
    "done": "Done",
    "all": "Everything",
}
# A decision that can still be taken back.
PENDING_DECISIONS = {
    "accept": "Will be accepted",
    "reject": "Will not be accepted",
    "request_changes": "Will be asked for changes",
    "hold": "Will be put on hold",
    "spam": "Will be marked as spam",
}
# For the contributor, who may be frightened: what it means, and what comes next.
STATUS_EXPLAINED = {
    "received": "It has arrived. A machine is cleaning your text and photos; this takes a minute or so.",
    "in_review": "Your text and photos are clean, and wait for an editor to read them.",
    "held": "Your text and photos are clean, and wait for an editor to read them.",
    "changes_requested": "An editor has read it and asks for changes.",
    "accepted": "An editor has accepted it for publication.",
    "rejected": "An editor has read it and will not publish it.",
    "spam": "An editor has read it and will not publish it.",
    "published": "It is published.",
    "withdrawn": "You withdrew it. Everything of it is being deleted.",
    "purged": "Everything you sent has been deleted.",
}
# What the desk keeps to itself → what the contributor sees instead.
CONTRIBUTOR_STATUS = {"held": "in_review", "spam": "rejected"}
# What an editor decides.
VERDICTS = {
    "accept": "accept",
    "reject": "do not accept",
    "request_changes": "ask for changes",
    "hold": "put on hold",
    "spam": "spam",
}
# What has just been done, to the one who did it.
DECIDED = {
    "accept": "Accepted.",
    "reject": "Rejected.",
    "request_changes": "Sent back for changes.",
    "hold": "Put on hold.",
    "spam": "Marked as spam.",
    "waiting": "Approved. A second editor has to approve it too.",
}
EVENTS = {
    "submission.received": "Arrived",
    "photo.received": "Photo {position} arrived",
    "text.clean": "Text cleaned",
    "photo.clean": "Photo {position} cleaned, its original destroyed",
    "photo.refused": "Photo {position} refused",
    "photo.given_up": "Photo {position} could not be processed, and its original is destroyed",
    "photo.left_out": "Photo {position} taken out by the contributor",
    "answer.received": "The contributor answered",
    "message.received": "The contributor wrote",
    "photo.marked": "Photo {position} marked as {mark}",
    "photo.retouch_asked": "Photo {position}: {kind} asked for",
    "photo.retouch_undone": "Photo {position}: {kind} taken back",
    "photo.retouched": "Photo {position}: {kind} done, the copies of before destroyed",
    "photo.retouch_failed": "Photo {position}: {kind} could not be done, the photo is as it was",
    "submission.in_review": "Ready for review",
    "submission.changes_requested": "Asked for changes",
    "submission.held": "Put on hold",
    "decision.taken": "Decided: {verdict}",
    "decision.undone": "Took the decision back: {verdict}",
    "approval.given": "Approved; a second editor is needed",
    "claim.taken": "Claimed",
    "claim.released": "Let go",
    "claim.taken_over": "Took it over",
    "note.written": "Note",
    "message.sent": "Wrote to the contributor",
    "revision.created": "Edited: revision {number}",
    "submission.accepted": "Accepted",
    "submission.rejected": "Rejected",
    "submission.spam": "Marked as spam",
    "submission.published": "Published",
    "piece.downloaded": "Downloaded",
    "contact.viewed": "Looked at the contact",
    "submission.withdrawn": "Withdrawn by the contributor",
    "submission.purged": "Everything deleted",
    "job.retried": "Job {kind} started again",
    "job.discarded": "Job {kind} discarded: {reason}",
    "jobs.retried": "{count} jobs started again",
    "jobs.discarded": "{count} jobs discarded: {reason}",
    "queue.paused": "The queue {queue} paused: {reason}",
    "queue.resumed": "The queue {queue} goes on",
    "schedule.run_asked": "{kind} asked for at once: {reason}",
    "worker.stop_asked": "The worker {worker} asked to finish and stop: {reason}",
    "worker.lost": "The worker {worker} ended with work in hand",
    "batch.asked": "Decided on several at once",
    "batch.undone": "Took back what was decided on several at once",
    "editor.told": "Told an editor",
    "account.created": "Account created",
    "account.reset": "Password taken away, new link made",
    "token.created": "Token for a program made",
    "token.revoked": "Token for a program revoked",
}
# How a job stands.
JOB_STATES = {
    "waiting": "Waiting",
    "pausing": "Waits for its time",
    "running": "Running",
    "dead": "Given up",
    "done": "Done",
    "discarded": "Discarded",
}
# What befell one job, or was done with it.
JOB_HISTORY = {
    "job.retried": "Started again",
    "jobs.retried": "Started again, one of {count}",
    "job.discarded": "Discarded",
    "jobs.discarded": "Discarded, one of {count}",
    "worker.lost": "The worker {worker} ended with it in hand",
}
# What a contributor's steps are called.
ANSWERED = "You answered"
# What an open page of the desk says when this happens.
LIVE_MESSAGES = {
    "submission.in_review": "It is ready to be read.",
    "submission.withdrawn": "The contributor has withdrawn it.",
    "submission.accepted": "It is accepted now.",
    "submission.rejected": "It is turned down now.",
    "submission.changes_requested": "The contributor is asked for changes now.",
    "submission.held": "It is on hold now.",
    "submission.spam": "It is marked as spam now.",
    "submission.published": "It is published now.",
    "claim.taken": "{by} has claimed it.",
    "claim.released": "{by} has let it go.",
    "claim.taken_over": "{by} has taken it over.",
    "revision.created": "{by} has edited it.",
    "approval.given": "{by} has approved it; a second editor is needed.",
    "decision.taken": "{by} has decided on it.",
    "decision.undone": "{by} has taken the decision back.",
    "note.written": "{by} has written a note.",
    "message.sent": "{by} has written to the contributor.",
    "message.received": "The contributor has written.",
    "answer.received": "The contributor has answered.",
    "photo.marked": "{by} has changed how a photo is shown.",
    "photo.retouched": "A photo has been changed.",
    "photo.retouch_undone": "{by} has taken back a change of a photo.",
}
# Why an editor is told of a submission.
NOTIFICATION_REASONS = {
    "answered": "The contributor has answered.",
    "mentioned": "You are mentioned in a note.",
    "taken_over": "Somebody took over what you had claimed.",
    "withdrawn": "The contributor withdrew what you had claimed.",
}
# Why one of several submissions could not be decided on with the others.
PROBLEMS = {
    "changed": "It was changed after you selected it.",
    "claimed": "Somebody else has claimed it.",
    "decided": "It was decided on meanwhile.",
    "message": "No message in its language says what is to be changed.",
    "given_up": "The machine gave up before it came to this one.",
    "not_now": "This cannot be decided on it as it stands.",
    "second_editor": "You have approved it already; it needs a second editor.",
    "withdrawn": "It was withdrawn.",
}
GOOD_EVENTS = frozenset({"submission.accepted", "submission.published"})
BAD_EVENTS = frozenset(
    {
        "photo.given_up",
        "photo.refused",
        "photo.retouch_failed",
        "submission.rejected",
        "submission.spam",
        "submission.withdrawn",
    }
)


def contributor_status(status: str) -> str:
    """The status as its contributor sees it."""
    return CONTRIBUTOR_STATUS.get(status, status)


def contributor_statuses() -> list[str]:
    """All that `shown` gives."""
    return [status for status in STATUS if status not in CONTRIBUTOR_STATUS]


def tone(event: str) -> str:
    """plain, good or bad: how a timeline marks an event."""
    return "good" if event in GOOD_EVENTS else "bad" if event in BAD_EVENTS else "plain"
