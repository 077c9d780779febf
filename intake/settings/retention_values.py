"""Settings of the retention."""

from dataclasses import dataclass

from intake.settings.field import setting
from intake.settings.publication_values import PublicationSettings

DAYS = r"\s*[1-9]\d{0,3}\s*(,[^=,]+=\s*[1-9]\d{0,3}\s*)*"
"""Pattern of days, with other days for single sections, such as `90, News=30`. Zero days are refused."""
RECIPIENTS = r"\s*age1[0-9a-z]{58}\s*(,\s*age1[0-9a-z]{58}\s*)*"
"""Pattern of public keys (X25519, in Bech32) of the encryption tool age."""
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
    original_days: int = setting(
        "TRANSOM_ORIGINAL_DAYS", 0, "Days for which the unchanged files of photos are kept, if the contributor allows it, and two named people have keys."
        " 0: each is destroyed once the photo is clean. See [sealed originals](ops/sealed-originals.md).",
        form=r"0|[1-8]?[0-9]|90", wanted="a number of days from 0 to 90",
    )  # fmt: skip
    backup_recipient: str = setting(
        "TRANSOM_BACKUP_RECIPIENT",
        "",
        "Public keys to which `transom backup` encrypts backups, as age writes them (`age1…`), separated by commas. Each identity opens"
        " them alone: see [Backup](ops/backup.md). Empty: tables are backed up in clear.",
        form=RECIPIENTS,
        wanted="one public key of age or several, such as age1… (not the secret key, which must not be on this machine),",
        hidden=True,
    )
    backup_keep: str = setting(
        "TRANSOM_BACKUP_KEEP",
        "",
        "Backups that `transom backup` keeps beside the new one, as `7d,4w,6m`: the newest of each of the last 7 days, 4 weeks and 6"
        " months. `h` is an hour. It deletes older ones. Empty: it deletes none.",
        form=r"\s*[1-9]\d{0,3}[hdwm]\s*(,\s*[1-9]\d{0,3}[hdwm]\s*)*",
        wanted="numbers of hours, days, weeks or months, such as 7d,4w,6m,",
    )
    backup_days: int = setting(
        "TRANSOM_BACKUP_DAYS", 0, "Days after which you delete your last copy of a backup, which contributors are told. With"
        " TRANSOM_BACKUP_KEEP they are told its days, unless this number is higher. 0 and no TRANSOM_BACKUP_KEEP: they are told no number.",
        form=r"0|[1-9]\d{0,3}", wanted="a number of days from 0 to 9999",
    )  # fmt: skip
