"""Words for statuses, events and jobs on the pages of contributors, editors and admins."""

from datetime import UTC, datetime

from intake.plurals import desk_noop, gettext_noop


def stamp(at: datetime) -> str:
    """Format a time in UTC, such as `23 November 2026, 14:05 UTC`."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {utc:%B %Y, %H:%M} UTC"


def counted(number: int, noun: str) -> str:
    """Format a number of things in English, such as `1 job` or `2,000 jobs`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


STATUS = {
    "draft": gettext_noop("Not sent yet"),
    "received": gettext_noop("Being cleaned"),
    "in_review": gettext_noop("In review"),
    "held": desk_noop("On hold"),
    "changes_requested": gettext_noop("Changes asked for"),
    "accepted": gettext_noop("Accepted"),
    "rejected": gettext_noop("Not accepted"),
    "spam": desk_noop("Spam"),
    "published": gettext_noop("Published"),
    "retracted": gettext_noop("Retracted"),
    "withdrawn": gettext_noop("Withdrawn"),
    "purged": gettext_noop("Deleted"),
}
LANES = {
    "ours": desk_noop("Our turn"),
    "theirs": desk_noop("Contributor’s turn"),
    "machine": desk_noop("Processing"),
    "publishing": desk_noop("To publish"),
    "done": desk_noop("Done"),
    "suspicious": desk_noop("Suspicious"),
    "all": desk_noop("Everything"),
}
# State in the lane "To publish" → its name.
PUBLISHING_STATES = {
    "accepted": desk_noop("Ready"),
    "scheduled": desk_noop("Scheduled"),
    "published": desk_noop("Published"),
    "corrected": desk_noop("Corrected"),
    "retracted": desk_noop("Retracted"),
}
# Verdict → text while the decision can still be undone.
PENDING_DECISIONS = {
    "accept": desk_noop("Will be accepted"),
    "reject": desk_noop("Will not be accepted"),
    "request_changes": desk_noop("Will be asked for changes"),
    "hold": desk_noop("Will be put on hold"),
    "spam": desk_noop("Will be marked as spam"),
}
# Explanations for the contributor, who may be frightened: the meaning of the status, and the next step.
STATUS_EXPLAINED = {
    "draft": gettext_noop("You have not sent it yet. Editors see it only once you have sent it."),
    "received": gettext_noop(
        "It has arrived. A machine is cleaning your text and photos; this takes a minute or so."
    ),
    "in_review": gettext_noop("Your text and photos are clean, and wait for an editor to read them."),
    "held": desk_noop("Your text and photos are clean, and wait for an editor to read them."),
    "changes_requested": gettext_noop("An editor has read it and asks for changes."),
    "accepted": gettext_noop("An editor has accepted it for publication."),
    "rejected": gettext_noop("We will not publish it."),
    "spam": desk_noop("We will not publish it."),
    "published": gettext_noop("It is published."),
    "retracted": gettext_noop("It was published. Since then, we have taken it back."),
    "withdrawn": gettext_noop("You withdrew it. Everything of it is being deleted."),
    "purged": gettext_noop("Everything you sent has been deleted."),
}
# Status that only the desk may see → status that the contributor sees instead.
CONTRIBUTOR_STATUS = {"held": "in_review", "spam": "rejected"}
# Verdict → its name in a sentence, as in "Decided: accept".
VERDICTS = {
    "accept": desk_noop("accept"),
    "reject": desk_noop("reject"),
    "request_changes": desk_noop("ask for changes"),
    "hold": desk_noop("put on hold"),
    "spam": desk_noop("spam"),
}
# Verdict → confirmation for the editor who has just decided. The page already shows the next submission, so the
# sentence names the decided one.
DECIDED = {
    "accept": desk_noop("Accepted “{title}”."),
    "reject": desk_noop("Rejected “{title}”."),
    "request_changes": desk_noop("Sent “{title}” back for changes."),
    "hold": desk_noop("Put “{title}” on hold."),
    "spam": desk_noop("Marked “{title}” as spam."),
    "waiting": desk_noop("Approved “{title}”. A second editor has to approve it too."),
}
ORIGINAL_EVENTS = {
    "share.named": desk_noop("Named for opening unchanged photos"), "opening.asked": desk_noop("Asked to open the unchanged photos"),
    "opening.refused": desk_noop("Refused to open the unchanged photos"), "share.key_made": desk_noop("Key for opening unchanged photos made"),
    "share.removed": desk_noop("No longer named for opening unchanged photos"),
    "opening.ended": desk_noop("The time to look at the unchanged photos is over"),
    "original.destroyed": desk_noop("Unchanged file of photo {position} destroyed"),
    "opening.lapsed": desk_noop("Nobody agreed in time to open the unchanged photos"),
    "original.downloaded": desk_noop("Downloaded the unchanged file of photo {position}"),
    "opening.called_off": desk_noop("Called off the request to open the unchanged photos"),
    "original.read": desk_noop("Read the metadata in the unchanged file of photo {position}"),
    "original.expired": desk_noop("Its days are over: unchanged file of photo {position} destroyed"),
    "original.taken_back": desk_noop("The contributor had the unchanged file of photo {position} destroyed"),
    "opening.agreed": desk_noop("Agreed: both holders may look at the unchanged photos for {minutes} minutes"),
    "original.lost": desk_noop("Unchanged file of photo {position} destroyed, because nobody could open it any more"),
}  # fmt: skip
SYSTEM_EVENTS = {
    "account.created": "Account created", "settings.changed": "Changed the settings", "mail_test.asked": "Asked for a test message",
    "account.deleted": "Account deleted", "account.password_changed": "Password changed", "account.renamed": "Name changed",
    "account.told": "Told somebody about an account", "factor.added": "Second factor set up: {kind}",
    "factor.removed": "Second factor removed: {kind}", "openid.linked": "Account linked to the OpenID provider",
    "openid.unlinked": "Link to the OpenID provider removed", "codes.made": "Recovery codes created",
    "code.used": "Recovery code used, {left} left", "reset.asked": "Reset asked for: {kind}",
    "reset.agreed": "A second admin agreed to a reset: {kind}", "reset.called_off": "Reset called off: {kind}",
    "reset.done": "Reset done: {kind}", "login.link_asked": "Link for the login asked for", "account.limits_changed": "Limits changed",
    "account.roles_changed": "Roles changed", "account.sessions_ended": "Sessions ended", "account.switched_off": "Account switched off",
    "account.switched_on": "Account switched on", "token.created": "API token created", "token.revoked": "API token revoked",
    "keys.rotated": "Keys rotated", "keys.destroyed": "Older private keys destroyed", "search_keys.rotated": "Search keys rotated",
    "backup.made": "Backup made", "backup.deleted": "Backup deleted", "backup.restored": "Restored from a backup",
}  # fmt: skip
EVENTS = {
    **ORIGINAL_EVENTS,
    **SYSTEM_EVENTS,
    "submission.received": desk_noop("Arrived"),
    "photo.received": desk_noop("Photo {position} arrived"),
    "text.clean": desk_noop("Text cleaned"),
    "photo.clean": desk_noop("Photo {position} cleaned, its original destroyed"),
    "photo.refused": desk_noop("Photo {position} refused"),
    "photo.given_up": desk_noop("Photo {position} could not be processed, and its original is destroyed"),
    "photo.left_out": desk_noop("Photo {position} removed by the contributor"),
    "answer.received": desk_noop("The contributor answered"),
    "message.received": desk_noop("The contributor wrote"),
    "photo.marked": desk_noop("Photo {position} marked as {mark}"),
    "photo.faces_asked": desk_noop("Photo {position}: possible faces looked for"),
    "photo.retouch_asked": desk_noop("Photo {position}: {kind} requested"),
    "photo.retouch_undone": desk_noop("Photo {position}: {kind} undone"),
    "photo.retouched": desk_noop("Photo {position}: {kind} done, earlier copies destroyed"),
    "photo.retouch_failed": desk_noop("Photo {position}: {kind} failed, the photo is unchanged"),
    "submission.in_review": desk_noop("Ready for review"),
    "submission.changes_requested": desk_noop("Asked for changes"),
    "submission.held": desk_noop("Put on hold"),
    "decision.taken": desk_noop("Decided: {verdict}"),
    "decision.undone": desk_noop("Undid the decision: {verdict}"),
    "approval.given": desk_noop("Approved; a second editor is needed"),
    "approval.overruled": desk_noop("Decided otherwise than the editor who approved it first"),
    "claim.taken": desk_noop("Claimed"),
    "claim.released": desk_noop("Released"),
    "claim.taken_over": desk_noop("Took over the claim"),
    "text.kept": desk_noop("Asked to be left alone with the text while editing"),
    "assignment.made": desk_noop("Assigned to {assignee}{details}"),
    "assignment.changed": desk_noop("Assignment changed: {assignee}{details}"),
    "assignment.ended": desk_noop("Assigned to nobody{details}"),
    "assignment.freed": desk_noop("The assignment to {assignee} ended: no access any more"),
    "link.made": desk_noop("Made a reading link for {guest}"),
    "link.opened": desk_noop("{guest} opened the reading link"),
    "link.reopened": desk_noop("{guest} read it again by the link"),
    "link.refused": desk_noop("The reading link of {guest} was refused in a second browser"),
    "link.withdrawn": desk_noop("Withdrew the reading link of {guest}"),
    "guest.noted": desk_noop("Note by a guest"),
    "note.written": desk_noop("Note"),
    "message.sent": desk_noop("Wrote to the contributor"),
    "revision.created": desk_noop("Edited: revision {number}"),
    "submission.accepted": desk_noop("Accepted"),
    "submission.rejected": desk_noop("Rejected"),
    "submission.spam": desk_noop("Marked as spam"),
    "submission.published": desk_noop("Published"),
    "submission.unpublished": desk_noop("Unpublished, it is accepted again"),
    "submission.retracted": desk_noop("Retracted"),
    "publication.mended": desk_noop("Changed the address of the publication"),
    "publication.corrected": desk_noop("Recorded a correction"),
    "checklist.ticked": desk_noop("Ticked on the checklist: {point}"),
    "checklist.unticked": desk_noop("Took back a tick on the checklist: {point}"),
    "checklist.overridden": desk_noop("Went on with open points of the checklist: {points}"),
    "translation.linked": desk_noop("Linked as the translation of another submission"),
    "translation.renewed": desk_noop(
        "Translation marked as up to date with revision {revision} of its source"
    ),
    "translation.unlinked": desk_noop("No longer linked as a translation"),
    "piece.downloaded": desk_noop("Downloaded"),
    "contact.viewed": desk_noop("Read the contact details"),
    "submission.withdrawn": desk_noop("Withdrawn by the contributor"),
    "submission.purged": desk_noop("Everything deleted"),
    "retention.period_over": desk_noop("Its {days} days are over, so it is deleted"),
    "retention.contact_deleted": desk_noop(
        "{days} days are over: contact details and messages of the contributor deleted"
    ),
    "hold.asked": desk_noop("Asked for a legal hold until {day}"),
    "hold.confirmed": desk_noop("Confirmed the legal hold until {day}"),
    "hold.called_off": desk_noop("Called off the request for a legal hold"),
    "hold.released": desk_noop("Released the legal hold"),
    "job.retried": "Job {kind} retried",
    "job.discarded": "Job {kind} discarded: {reason}",
    "jobs.retried": "{count} jobs retried",
    "jobs.discarded": "{count} jobs discarded: {reason}",
    "queue.paused": "Queue {queue} paused: {reason}",
    "queue.resumed": "Queue {queue} resumed",
    "schedule.run_asked": "Immediate run of {kind} requested: {reason}",
    "worker.stop_asked": "Worker {worker} asked to stop after its jobs: {reason}",
    "worker.lost": "Worker {worker} died while it ran jobs",
    "batch.asked": desk_noop("Decided on several submissions"),
    "batch.undone": desk_noop("Undid a decision on several submissions"),
    "suspicion.cleared": desk_noop("Marked as not spam"),
    "magazine_text.changed": "Changed a text of the contributor’s pages",
    "phrases.changed": "Changed the list of spam phrases",
    "editor.told": desk_noop("Notified an editor"),
}
# Addition to the sentence about a revision that has the changes of several editors.
MERGED = desk_noop(", merged with the changes since revision {merged}")
# State of a job → its name on the jobs page.
JOB_STATES = {
    "waiting": "Waiting",
    "pausing": "Scheduled",
    "running": "Running",
    "dead": "Given up",
    "done": "Done",
    "discarded": "Discarded",
}
# Label of the step "answer" on the contributor's receipt page.
ANSWERED = gettext_noop("You answered")
CONTRIBUTOR = desk_noop("The contributor")
# Event → message on the open pages of other editors.
LIVE_MESSAGES = {
    "submission.in_review": desk_noop("It is ready to be read."),
    "submission.withdrawn": desk_noop("The contributor has withdrawn it."),
    "suspicion.cleared": desk_noop("{by} has marked it as not spam."),
    "submission.accepted": desk_noop("It is accepted now."),
    "submission.rejected": desk_noop("It is rejected now."),
    "submission.changes_requested": desk_noop("The contributor is asked for changes now."),
    "submission.held": desk_noop("It is on hold now."),
    "submission.spam": desk_noop("It is marked as spam now."),
    "submission.published": desk_noop("It is published now."),
    "submission.unpublished": desk_noop("{by} has unpublished it."),
    "submission.retracted": desk_noop("It is retracted now."),
    "publication.mended": desk_noop("{by} has changed the address of the publication."),
    "publication.corrected": desk_noop("{by} has recorded a correction."),
    "checklist.ticked": desk_noop("{by} has ticked a point of the checklist."),
    "checklist.unticked": desk_noop("{by} has taken back a tick on the checklist."),
    "claim.taken": desk_noop("{by} has claimed it."),
    "claim.released": desk_noop("{by} has released it."),
    "claim.taken_over": desk_noop("{by} has taken it over."),
    "text.kept": desk_noop("{by} is editing the text."),
    "assignment.made": desk_noop("{by} has assigned it."),
    "assignment.ended": desk_noop("{by} has ended its assignment."),
    "guest.noted": desk_noop("A guest has left a note."),
    "revision.created": desk_noop("{by} has edited it."),
    "approval.given": desk_noop("{by} has approved it; a second editor is needed."),
    "decision.taken": desk_noop("{by} has decided on it."),
    "decision.undone": desk_noop("{by} has undone the decision."),
    "note.written": desk_noop("{by} has written a note."),
    "message.sent": desk_noop("{by} has written to the contributor."),
    "message.received": desk_noop("The contributor has written."),
    "answer.received": desk_noop("The contributor has answered."),
    "photo.marked": desk_noop("{by} has changed how a photo is shown."),
    "photo.retouched": desk_noop("A photo has been changed."),
    "photo.retouch_undone": desk_noop("{by} has undone a change of a photo."),
}
# Kind of a notification → its reason, on the page "For you".
NOTIFICATION_REASONS = {
    "answered": desk_noop("The contributor has answered."),
    "assigned": desk_noop("It is assigned to you, or your assignment has changed."),
    "guest_note": desk_noop("A guest left a note by your reading link."),
    "hold_asked": desk_noop(
        "A chief editor asks for a legal hold. It waits for you or another second person."
    ),
    "mentioned": desk_noop("You are mentioned in a note."),
    "opening_asked": desk_noop("A colleague has asked to open its unchanged photos together with you."),
    "overruled": desk_noop("You approved it first. The second editor decided otherwise."),
    "taken_over": desk_noop("Somebody took over your claim."),
    "withdrawn": desk_noop("The contributor withdrew it. You had claimed it, or it was assigned to you."),
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
