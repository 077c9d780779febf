"""Settings of the retention."""

from dataclasses import dataclass

from intake.settings.field import setting
from intake.settings.publication_values import PublicationSettings

DAYS = r"\s*[1-9]\d{0,3}\s*(,[^=,]+=\s*[1-9]\d{0,3}\s*)*"
"""Days, and days of single sections. Zero days are refused."""
WANTED_DAYS = "days from 1 to 9999, and days of single sections, such as 90, News=30,"


@dataclass(frozen=True)
class RetentionSettings(PublicationSettings):
    """Periods after which submissions are deleted."""

    rejected_days: str = setting(
        "TRANSOM_REJECTED_DAYS",
        "90",
        "Days after the decision in the night after which a submission that was not accepted is deleted, for all sections and for"
        " single ones, as `90, News=30`: see [Retention](ops/retention.md).",
        form=DAYS,
        wanted=WANTED_DAYS,
    )
    spam_days: str = setting("TRANSOM_SPAM_DAYS", "30", "The same for spam.", form=DAYS, wanted=WANTED_DAYS)
    withdrawn_days: str = setting(
        "TRANSOM_WITHDRAWN_DAYS",
        "1",
        "The same for withdrawn submissions that are not deleted yet. A withdrawal deletes at once. This counts if the job of a"
        " withdrawal failed, and after a legal hold.",
        form=DAYS,
        wanted=WANTED_DAYS,
    )
    contact_days: str = setting(
        "TRANSOM_CONTACT_DAYS",
        "90",
        "Days after the last decision or message in the night after which the contact details and the contributor's messages of accepted,"
        " published and retracted submissions are deleted. Their texts stay.",
        form=DAYS,
        wanted=WANTED_DAYS,
    )
    backup_days: int = setting(
        "TRANSOM_BACKUP_DAYS", 0, "Days after which you delete your backups, which contributors are told. 0: they are told no number.",
        form=r"0|[1-9]\d{0,3}", wanted="a number of days from 0 to 9999",
    )  # fmt: skip
