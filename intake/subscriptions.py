"""Which event starts which jobs: the whole table. Data only."""

SUBSCRIPTIONS: dict[str, tuple[str, ...]] = {
    "submission.received": ("text.screen",),
    "photo.received": ("photo.clean",),
    "submission.withdrawn": ("submission.purge",),
    "decision.taken": ("decision.settle",),
}

# Facts for the timeline that start no work of their own.
SILENT = frozenset(
    {
        "account.created",
        "account.reset",
        "approval.given",
        "claim.released",
        "claim.taken",
        "claim.taken_over",
        "contact.viewed",
        "decision.undone",
        "job.retried",
        "message.sent",
        "note.written",
        "photo.clean",
        "photo.refused",
        "revision.created",
        "submission.accepted",
        "submission.changes_requested",
        "submission.held",
        "piece.downloaded",
        "submission.in_review",
        "submission.published",
        "submission.purged",
        "submission.rejected",
        "submission.spam",
        "text.clean",
        "token.created",
        "token.revoked",
    }
)

# Work that the clock starts: job → seconds between two runs.
SCHEDULES: dict[str, int] = {"housekeeping.sweep": 600}
