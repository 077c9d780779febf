"""Event → kinds of the jobs that the event starts, and the schedules of jobs. Data only."""

from intake.job_kinds import CANARIES

SUBSCRIPTIONS: dict[str, tuple[str, ...]] = {
    "submission.received": ("text.screen",),
    "photo.received": ("photo.clean",),
    "photo.left_out": ("photo.delete",),
    "photo.given_up": ("photo.delete",),
    "submission.withdrawn": ("submission.purge",),
    "decision.taken": ("decision.settle",),
    "photo.retouch_asked": ("photo.retouch",),
    "approval.overruled": ("notify.overruled",),
    "photo.faces_asked": ("photo.faces",),
    "editor.told": ("notify.now",),
    "batch.asked": ("batch.run",),
    "account.told": ("notify.account",),
    "login.link_asked": ("notify.login_link",),
}

# Events about jobs. `event.data["jobs"]` lists the job ids.
JOB_EVENTS = ("job.discarded", "job.retried", "jobs.discarded", "jobs.retried", "worker.lost")

# Events that a guest causes, who reads by a link. Their times are exact, because a guest is not a contributor.
GUEST_EVENTS = ("guest.noted", "link.opened", "link.refused", "link.reopened")

# Events that start no jobs. They are recorded for the timelines of submissions and jobs.
SILENT = frozenset(
    {
        *JOB_EVENTS,
        *GUEST_EVENTS,
        "assignment.changed",
        "assignment.ended",
        "assignment.freed",
        "assignment.made",
        "link.made",
        "link.withdrawn",
        "account.created",
        "account.deleted",
        "account.limits_changed",
        "account.password_changed",
        "account.roles_changed",
        "account.sessions_ended",
        "account.switched_off",
        "account.switched_on",
        "answer.received",
        "approval.given",
        "batch.undone",
        "claim.released",
        "code.used",
        "codes.made",
        "factor.added",
        "factor.removed",
        "openid.linked",
        "openid.unlinked",
        "reset.agreed",
        "reset.asked",
        "reset.called_off",
        "reset.done",
        "claim.taken",
        "claim.taken_over",
        "contact.viewed",
        "decision.undone",
        "magazine_text.changed",
        "message.received",
        "message.sent",
        "note.written",
        "photo.clean",
        "photo.marked",
        "photo.refused",
        "photo.retouch_failed",
        "photo.retouch_undone",
        "photo.retouched",
        "phrases.changed",
        "revision.created",
        "submission.accepted",
        "submission.changes_requested",
        "submission.held",
        "piece.downloaded",
        "queue.paused",
        "queue.resumed",
        "submission.in_review",
        "submission.published",
        "submission.retracted",
        "submission.unpublished",
        "publication.mended",
        "publication.corrected",
        "checklist.ticked",
        "checklist.unticked",
        "checklist.overridden",
        "translation.linked",
        "translation.renewed",
        "translation.unlinked",
        "submission.purged",
        "submission.rejected",
        "submission.spam",
        "suspicion.cleared",
        "text.clean",
        "text.kept",
        "token.created",
        "token.revoked",
        "schedule.run_asked",
        "worker.lost",
        "worker.stop_asked",
    }
)

# Kind of a scheduled job → seconds between two runs.
SCHEDULES: dict[str, int] = {
    "housekeeping.sweep": 600,
    "notify.digest": 3600,
    **dict.fromkeys(CANARIES.values(), 60),
}
