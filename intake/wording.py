"""Words for statuses, events and jobs on the pages of contributors, editors and admins."""

from datetime import UTC, datetime

from intake.plurals import gettext_noop


def stamp(at: datetime) -> str:
    """Format a time in UTC, such as `23 November 2026, 14:05 UTC`."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%B %Y, %H:%M} UTC"


STATUS = {
    "draft": gettext_noop("Not sent yet"),
    "received": gettext_noop("Being cleaned"),
    "in_review": gettext_noop("In review"),
    "held": "On hold",
    "changes_requested": gettext_noop("Changes asked for"),
    "accepted": gettext_noop("Accepted"),
    "rejected": gettext_noop("Not accepted"),
    "spam": "Spam",
    "published": gettext_noop("Published"),
    "retracted": gettext_noop("Retracted"),
    "withdrawn": gettext_noop("Withdrawn"),
    "purged": gettext_noop("Deleted"),
}
LANES = {
    "ours": "Our turn",
    "theirs": "Contributor’s turn",
    "machine": "Processing",
    "publishing": "To publish",
    "done": "Done",
    "suspicious": "Suspicious",
    "all": "Everything",
}
# State in the lane "To publish" → its name.
PUBLISHING_STATES = {
    "accepted": "Ready",
    "scheduled": "Scheduled",
    "published": "Published",
    "corrected": "Corrected",
    "retracted": "Retracted",
}
# Verdict → text while the decision can still be undone.
PENDING_DECISIONS = {
    "accept": "Will be accepted",
    "reject": "Will not be accepted",
    "request_changes": "Will be asked for changes",
    "hold": "Will be put on hold",
    "spam": "Will be marked as spam",
}
# Explanations for the contributor, who may be frightened: the meaning of the status, and the next step.
STATUS_EXPLAINED = {
    "draft": gettext_noop("You have not sent it yet. Editors see it only once you have sent it."),
    "received": gettext_noop(
        "It has arrived. A machine is cleaning your text and photos; this takes a minute or so."
    ),
    "in_review": gettext_noop("Your text and photos are clean, and wait for an editor to read them."),
    "held": "Your text and photos are clean, and wait for an editor to read them.",
    "changes_requested": gettext_noop("An editor has read it and asks for changes."),
    "accepted": gettext_noop("An editor has accepted it for publication."),
    "rejected": gettext_noop("We will not publish it."),
    "spam": "We will not publish it.",
    "published": gettext_noop("It is published."),
    "retracted": gettext_noop("It was published. Since then, we have taken it back."),
    "withdrawn": gettext_noop("You withdrew it. Everything of it is being deleted."),
    "purged": gettext_noop("Everything you sent has been deleted."),
}
# Status that only the desk may see → status that the contributor sees instead.
CONTRIBUTOR_STATUS = {"held": "in_review", "spam": "rejected"}
# Verdict → its name in a sentence, as in "Decided: accept".
VERDICTS = {
    "accept": "accept",
    "reject": "reject",
    "request_changes": "ask for changes",
    "hold": "put on hold",
    "spam": "spam",
}
# Verdict → confirmation for the editor who has just decided. Another submission is shown by then, so it names its own.
DECIDED = {
    "accept": "Accepted “{title}”.",
    "reject": "Rejected “{title}”.",
    "request_changes": "Sent “{title}” back for changes.",
    "hold": "Put “{title}” on hold.",
    "spam": "Marked “{title}” as spam.",
    "waiting": "Approved “{title}”. A second editor has to approve it too.",
}
ORIGINAL_EVENTS = {
    "share.named": "Named for opening unchanged photos", "opening.asked": "Asked to open the unchanged photos",
    "opening.refused": "Refused to open the unchanged photos", "share.key_made": "Key for opening unchanged photos made",
    "share.removed": "No longer named for opening unchanged photos", "opening.ended": "The time to look at the unchanged photos is over",
    "original.destroyed": "Unchanged file of photo {position} destroyed", "opening.lapsed": "Nobody agreed in time to open the unchanged photos",
    "original.downloaded": "Downloaded the unchanged file of photo {position}",
    "opening.called_off": "Called off the request to open the unchanged photos",
    "original.read": "Read the metadata in the unchanged file of photo {position}",
    "original.expired": "Its days are over: unchanged file of photo {position} destroyed",
    "original.taken_back": "The contributor had the unchanged file of photo {position} destroyed",
    "opening.agreed": "Agreed: both holders may look at the unchanged photos for {minutes} minutes",
    "original.lost": "Unchanged file of photo {position} destroyed, because nobody could open it any more",
}  # fmt: skip
EVENTS = {
    "submission.received": "Arrived",
    "photo.received": "Photo {position} arrived",
    "text.clean": "Text cleaned",
    "photo.clean": "Photo {position} cleaned, its original destroyed",
    "photo.refused": "Photo {position} refused",
    "photo.given_up": "Photo {position} could not be processed, and its original is destroyed",
    "photo.left_out": "Photo {position} removed by the contributor",
    "answer.received": "The contributor answered",
    "message.received": "The contributor wrote",
    "photo.marked": "Photo {position} marked as {mark}",
    "photo.faces_asked": "Photo {position}: possible faces looked for",
    "photo.retouch_asked": "Photo {position}: {kind} requested",
    "photo.retouch_undone": "Photo {position}: {kind} undone",
    "photo.retouched": "Photo {position}: {kind} done, earlier copies destroyed",
    "photo.retouch_failed": "Photo {position}: {kind} failed, the photo is unchanged",
    "submission.in_review": "Ready for review",
    "submission.changes_requested": "Asked for changes",
    "submission.held": "Put on hold",
    "decision.taken": "Decided: {verdict}",
    "decision.undone": "Undid the decision: {verdict}",
    "approval.given": "Approved; a second editor is needed",
    "approval.overruled": "Decided otherwise than the editor who approved it first",
    "claim.taken": "Claimed",
    "claim.released": "Released",
    "claim.taken_over": "Took over the claim",
    "text.kept": "Asked to be left alone with the text while editing",
    "assignment.made": "Assigned to {assignee}{details}",
    "assignment.changed": "Assignment changed: {assignee}{details}",
    "assignment.ended": "Assigned to nobody{details}",
    "assignment.freed": "The assignment to {assignee} ended: no access any more",
    "link.made": "Made a reading link for {guest}",
    "link.opened": "{guest} opened the reading link",
    "link.reopened": "{guest} read it again by the link",
    "link.refused": "The reading link of {guest} was refused in a second browser",
    "link.withdrawn": "Withdrew the reading link of {guest}",
    "guest.noted": "Note by a guest",
    "note.written": "Note",
    "message.sent": "Wrote to the contributor",
    "revision.created": "Edited: revision {number}",
    "submission.accepted": "Accepted",
    "submission.rejected": "Rejected",
    "submission.spam": "Marked as spam",
    "submission.published": "Published",
    "submission.unpublished": "Unpublished, it is accepted again",
    "submission.retracted": "Retracted",
    "publication.mended": "Changed the address of the publication",
    "publication.corrected": "Recorded a correction",
    "checklist.ticked": "Ticked on the checklist: {point}",
    "checklist.unticked": "Took back a tick on the checklist: {point}",
    "checklist.overridden": "Went on with open points of the checklist: {points}",
    "translation.linked": "Linked as the translation of another submission",
    "translation.renewed": "Translation marked as up to date with revision {revision} of its source",
    "translation.unlinked": "No longer linked as a translation",
    "piece.downloaded": "Downloaded",
    "contact.viewed": "Read the contact details",
    "submission.withdrawn": "Withdrawn by the contributor",
    "submission.purged": "Everything deleted",
    "retention.period_over": "Its {days} days are over, so it is deleted",
    "retention.contact_deleted": "{days} days are over: contact details and messages of the contributor deleted",
    **ORIGINAL_EVENTS,
    "hold.asked": "Asked for a legal hold until {day}",
    "hold.confirmed": "Confirmed the legal hold until {day}",
    "hold.called_off": "Called off the request for a legal hold",
    "hold.released": "Released the legal hold",
    "job.retried": "Job {kind} retried",
    "job.discarded": "Job {kind} discarded: {reason}",
    "jobs.retried": "{count} jobs retried",
    "jobs.discarded": "{count} jobs discarded: {reason}",
    "queue.paused": "Queue {queue} paused: {reason}",
    "queue.resumed": "Queue {queue} resumed",
    "schedule.run_asked": "Immediate run of {kind} requested: {reason}",
    "worker.stop_asked": "Worker {worker} asked to stop after its jobs: {reason}",
    "worker.lost": "Worker {worker} died while it ran jobs",
    "batch.asked": "Decided on several submissions",
    "batch.undone": "Undid a decision on several submissions",
    "suspicion.cleared": "Marked as not spam",
    "magazine_text.changed": "Changed a text of the contributor’s pages",
    "phrases.changed": "Changed the list of spam phrases",
    "editor.told": "Notified an editor",
    "account.created": "Account created",
    "settings.changed": "Changed the settings",
    "mail_test.asked": "Asked for a test message",
    "account.deleted": "Account deleted",
    "account.password_changed": "Password changed",
    "account.told": "Told somebody about an account",
    "factor.added": "Second factor set up: {kind}",
    "factor.removed": "Second factor removed: {kind}",
    "openid.linked": "Account linked to the OpenID provider",
    "openid.unlinked": "Link to the OpenID provider removed",
    "codes.made": "Recovery codes created",
    "code.used": "Recovery code used, {left} left",
    "reset.asked": "Reset asked for: {kind}",
    "reset.agreed": "A second admin agreed to a reset: {kind}",
    "reset.called_off": "Reset called off: {kind}",
    "reset.done": "Reset done: {kind}",
    "login.link_asked": "Link for the login asked for",
    "account.limits_changed": "Limits changed",
    "account.roles_changed": "Roles changed",
    "account.sessions_ended": "Sessions ended",
    "account.switched_off": "Account switched off",
    "account.switched_on": "Account switched on",
    "token.created": "API token created",
    "token.revoked": "API token revoked",
}
# Addition to the sentence about a revision that has the changes of several editors.
MERGED = ", merged with the changes since revision {merged}"
# State of a job → its name on the jobs page.
JOB_STATES = {
    "waiting": "Waiting",
    "pausing": "Scheduled",
    "running": "Running",
    "dead": "Given up",
    "done": "Done",
    "discarded": "Discarded",
}
# Event about a job → text in the history of that job.
JOB_HISTORY = {
    "job.retried": "Retried",
    "jobs.retried": "Retried, one of {count}",
    "job.discarded": "Discarded",
    "jobs.discarded": "Discarded, one of {count}",
    "worker.lost": "Worker {worker} died while it ran this job",
}
# Label of the step "answer" on the contributor's receipt page.
ANSWERED = gettext_noop("You answered")
# Event → message on the open pages of other editors.
LIVE_MESSAGES = {
    "submission.in_review": "It is ready to be read.",
    "submission.withdrawn": "The contributor has withdrawn it.",
    "suspicion.cleared": "{by} has marked it as not spam.",
    "submission.accepted": "It is accepted now.",
    "submission.rejected": "It is rejected now.",
    "submission.changes_requested": "The contributor is asked for changes now.",
    "submission.held": "It is on hold now.",
    "submission.spam": "It is marked as spam now.",
    "submission.published": "It is published now.",
    "submission.unpublished": "{by} has unpublished it.",
    "submission.retracted": "It is retracted now.",
    "publication.mended": "{by} has changed the address of the publication.",
    "publication.corrected": "{by} has recorded a correction.",
    "checklist.ticked": "{by} has ticked a point of the checklist.",
    "checklist.unticked": "{by} has taken back a tick on the checklist.",
    "claim.taken": "{by} has claimed it.",
    "claim.released": "{by} has released it.",
    "claim.taken_over": "{by} has taken it over.",
    "text.kept": "{by} is editing the text.",
    "assignment.made": "{by} has assigned it.",
    "assignment.ended": "{by} has ended its assignment.",
    "guest.noted": "A guest has left a note.",
    "revision.created": "{by} has edited it.",
    "approval.given": "{by} has approved it; a second editor is needed.",
    "decision.taken": "{by} has decided on it.",
    "decision.undone": "{by} has undone the decision.",
    "note.written": "{by} has written a note.",
    "message.sent": "{by} has written to the contributor.",
    "message.received": "The contributor has written.",
    "answer.received": "The contributor has answered.",
    "photo.marked": "{by} has changed how a photo is shown.",
    "photo.retouched": "A photo has been changed.",
    "photo.retouch_undone": "{by} has undone a change of a photo.",
}
# Kind of a notification → its reason, on the page "For you".
NOTIFICATION_REASONS = {
    "answered": "The contributor has answered.",
    "assigned": "It is assigned to you, or your assignment has changed.",
    "guest_note": "A guest left a note by your reading link.",
    "mentioned": "You are mentioned in a note.",
    "overruled": "You approved it first. The second editor decided otherwise.",
    "taken_over": "Somebody took over your claim.",
    "withdrawn": "The contributor withdrew it. You had claimed it, or it was assigned to you.",
}
GOOD_EVENTS = frozenset({"submission.accepted", "submission.published"})
BAD_EVENTS = frozenset(
    {
        "photo.given_up",
        "photo.refused",
        "photo.retouch_failed",
        "submission.rejected",
        "submission.retracted",
        "submission.spam",
        "submission.withdrawn",
    }
)


def contributor_status(status: str) -> str:
    """Return the status that the contributor sees."""
    return CONTRIBUTOR_STATUS.get(status, status)


def contributor_statuses() -> list[str]:
    """Return all values of `contributor_status`."""
    return [status for status in STATUS if status not in CONTRIBUTOR_STATUS]


def tone(event: str) -> str:
    """Return how the timeline marks an event: plain, good or bad."""
    return "good" if event in GOOD_EVENTS else "bad" if event in BAD_EVENTS else "plain"
