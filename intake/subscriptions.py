"""Which event starts which jobs: the whole table. Data only."""

SUBSCRIPTIONS: dict[str, tuple[str, ...]] = {
    "submission.received": ("text.screen",),
    "photo.received": ("photo.clean",),
    "submission.withdrawn": ("submission.purge",),
}

# Facts for the timeline that start no work of their own.
SILENT = frozenset(
    {
        "account.created",
        "account.reset",
        "contact.viewed",
        "job.retried",
        "photo.clean",
        "photo.refused",
        "revision.created",
        "submission.accepted",
        "submission.changes_requested",
        "piece.downloaded",
        "submission.in_review",
        "submission.published",
        "submission.purged",
        "submission.rejected",
        "text.clean",
    }
)

# Work that the clock starts: job → seconds between two runs.
SCHEDULES: dict[str, int] = {"housekeeping.sweep": 600}
