"""Settings of an installation: name of the environment variable, default value and purpose of each."""

from dataclasses import dataclass
from pathlib import Path

from intake.settings.field import setting

MB = 1024 * 1024
POSITIVE_INTEGER = r"[1-9]\d{0,17}"


@dataclass(frozen=True)
class SettingValues:
    """All settings of an installation. Sizes are in bytes unless the name says otherwise."""

    data_dir: Path = setting(
        "TRANSOM_DATA_DIR",
        Path("data"),
        "Folder for keys, encrypted files and the embedded servers' data.",
    )
    database_url: str = setting(
        "TRANSOM_DATABASE_URL",
        "",
        "PostgreSQL, as `postgresql://user:password@host/name`. Empty: `transom up` runs an embedded server.",
        secret=True,
        form=r"(postgres|postgresql|postgresql\+psycopg)://\S+",
        wanted="an address such as postgresql://user:password@host/name",
    )
    migration_url: str = setting(
        "TRANSOM_MIGRATION_URL", "", "PostgreSQL with the role that owns the tables, for `transom migrate` and `transom restore` alone. The role in"
        " TRANSOM_DATABASE_URL can then change no event: see [events](ops/events.md). Empty: the same as TRANSOM_DATABASE_URL.",
        secret=True, form=r"(postgres|postgresql|postgresql\+psycopg)://\S+", wanted="an address such as postgresql://owner:password@host/name",
    )  # fmt: skip
    redis_url: str = setting(
        "TRANSOM_REDIS_URL",
        "",
        "Valkey or Redis, as `redis://host:6379/0`. Empty: `transom up` runs an embedded Valkey.",
        secret=True,
        form=r"(redis|rediss|redis\+socket)://\S+",
        wanted="an address such as redis://host:6379/0",
    )
    host: str = setting("TRANSOM_HOST", "127.0.0.1", "Address that the web server listens on.")
    port: int = setting("PORT", 8000, "Port that the web server listens on.", form=POSITIVE_INTEGER)
    public_url: str = setting(
        "TRANSOM_PUBLIC_URL",
        "",
        "Public address of the site, such as `https://send.example.org`. With https, cookies are Secure and HSTS is sent.",
        form=r"https?://[^\s/]+\S*",
        wanted="an address such as https://send.example.org",
    )
    onion_url: str = setting(
        "TRANSOM_ONION_URL",
        "",
        "Address of the onion service, such as `http://….onion`, if there is one beside the public address. Tor Browser then offers it"
        " on contributors' pages.",
        form=r"https?://[a-z2-7.]{1,200}\.onion(:\d{1,5})?/?",
        wanted="an address such as http://….onion",
    )
    desk_url: str = setting(
        "TRANSOM_DESK_URL",
        "",
        "Address of the desk and the admin pages, such as `https://desk.example.org`, if it differs from the public one. Then neither host"
        " answers for the other. See [two hosts](ops/two-hosts.md).",
        form=r"https?://[^\s/]+/?",
        wanted="an address such as https://desk.example.org",
    )
    desk_bind: str = setting(
        "TRANSOM_DESK_BIND",
        "",
        "Address and port on which the web server listens for the desk and the admin pages alone, such as `127.0.0.1:8001`. Empty: the"
        " same as for contributors.",
        form=r"(\[[0-9a-fA-F:]+\]|[^\s:]+):[1-9]\d{0,4}",
        wanted="an address and a port such as 127.0.0.1:8001",
    )
    web_side: str = setting(
        "TRANSOM_WEB_SIDE",
        "both",
        "Pages that this web server has: `public` for contributors, `desk` for editors and admins, or `both`.",
        form="both|public|desk",
        wanted="both, public or desk",
    )
    magazine: str = setting("TRANSOM_MAGAZINE", "The Transom", "Name of the magazine, shown on every page.")
    sections: str = setting(
        "TRANSOM_SECTIONS",
        "News,Analysis,Interview,Testimony,Photo report,Opinion",
        "Sections that a contributor may choose from, separated by commas.",
    )
    s3_url: str = setting(
        "TRANSOM_S3_URL",
        "",
        "Bucket for encrypted files, as `https://s3.example.org/bucket`: see [several machines](ops/several-machines.md). Empty: files are stored in the data folder.",
        form=r"https?://(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/?",
        wanted="an address such as https://s3.example.org/bucket",
    )
    s3_region: str = setting(
        "TRANSOM_S3_REGION",
        "us-east-1",
        "Region of the bucket.",
        form=r"[A-Za-z0-9-]+",
        wanted="a name such as eu-central-1",
    )
    s3_access_key: str = setting("TRANSOM_S3_ACCESS_KEY", "", "Access key id for the bucket.", secret=True)
    s3_secret_key: str = setting(
        "TRANSOM_S3_SECRET_KEY", "", "Secret access key for the bucket.", secret=True
    )
    max_photos: int = setting(
        "TRANSOM_MAX_PHOTOS", 20, "Maximum number of photos in one submission.", form=POSITIVE_INTEGER
    )
    max_photo_bytes: int = setting(
        "TRANSOM_MAX_PHOTO_BYTES", 50 * MB, "Maximum size of one photo.", form=POSITIVE_INTEGER
    )
    photo_max_side: int = setting(
        "TRANSOM_PHOTO_MAX_SIDE",
        0,
        "Maximum length in pixels of the longer side of a clean photo. Larger photos are made smaller, so that their exact size"
        " does not tell which camera took them. 0: photos keep their size.",
        form=r"0|[1-9]\d{2,4}",
        wanted="0, or a number of pixels from 100 to 99999,",
    )
    face_suggestions: str = setting(
        "TRANSOM_FACE_SUGGESTIONS", "on", "`on`: where the extra `transom[faces]` is installed, the page to redact a photo suggests"
        " where faces may be ([Suggested faces](faces.md)). `off`: it does not.",
        form="on|off", wanted="on or off",
    )  # fmt: skip
    draft_days: int = setting(
        "TRANSOM_DRAFT_DAYS",
        7,
        "Days after which a draft that its contributor has not changed or sent is deleted.",
        form=r"[1-9]\d{0,2}",
        wanted="a number of days from 1 to 999",
    )
    hourly_budget: int = setting(
        "TRANSOM_HOURLY_BUDGET",
        60,
        "Submissions in one hour from which weaker signs of a bot are enough for suspicion. None is refused.",
        form=POSITIVE_INTEGER,
    )
    fastest_seconds: int = setting(
        "TRANSOM_FASTEST_SECONDS",
        2,
        "A form that is sent sooner after it was opened counts as sent by a bot. 0: none does.",
        form=r"\d{1,3}",
        wanted="a number of seconds from 0 to 999",
    )
    max_request_bytes: int = setting(
        "TRANSOM_MAX_REQUEST_BYTES", 200 * MB, "Maximum size of one whole submission.", form=POSITIVE_INTEGER
    )
    max_text_bytes: int = setting(
        "TRANSOM_MAX_TEXT_BYTES", 300 * 1024, "Maximum size of a text, in UTF-8.", form=POSITIVE_INTEGER
    )
    undo_seconds: int = setting(
        "TRANSOM_UNDO_SECONDS",
        30,
        "Seconds in which a decision can be undone, before it takes effect. 0: it takes effect at once.",
        form=r"\d{1,4}",
        wanted="a whole number",
    )
    two_approvals: str = setting(
        "TRANSOM_TWO_APPROVALS",
        "",
        "Sections in which two editors have to approve a submission before it is accepted, separated by commas.",
    )
    overdue_hours: str = setting(
        "TRANSOM_OVERDUE_HOURS",
        "72",
        "Hours after which a waiting submission is overdue, for all sections and for single ones, as `72, News=24`."
        " Counted from the end of the day on which it arrived or was answered (see `TRANSOM_TIME_GRAIN`).",
        form=r"\s*\d+\s*(,[^=,]+=\s*\d+\s*)*",
        wanted="hours, and hours of single sections, such as 72, News=24",
    )
    time_grain: str = setting(
        "TRANSOM_TIME_GRAIN",
        "day",
        "How exactly the times of contributors' acts are stored and shown: `day` or `half-day`, in UTC.",
        form="day|half-day",
        wanted="day or half-day",
    )
    second_factor: str = setting(
        "TRANSOM_SECOND_FACTOR",
        "required",
        "Whether every account of the desk needs a second factor: `required` or `optional`. See"
        " [second factors](ops/second-factors.md).",
        form="required|optional",
        wanted="required or optional",
    )
    second_factor_days: int = setting(
        "TRANSOM_SECOND_FACTOR_DAYS",
        7,
        "Days that a new account may be used without a second factor, if one is required.",
        form=r"\d{1,3}",
        wanted="a number of days from 0 to 999",
    )
    smtp_url: str = setting(
        "TRANSOM_SMTP_URL",
        "",
        "Mail server for notifications of editors, as `smtp://user:password@host:587`. Empty: no mail is sent.",
        secret=True,
        form=r"smtps?://\S+",
        wanted="an address such as smtp://user:password@host:587",
    )
    mail_elsewhere: str = setting(
        "TRANSOM_MAIL_ELSEWHERE",
        "",
        "Any word: another process sends the mail, so that this one needs no `TRANSOM_SMTP_URL`. For web servers, whose pages say"
        " whether mail is sent.",
    )
    mail_from: str = setting("TRANSOM_MAIL_FROM", "transom@localhost", "Sender address of mail to editors.")
    digest_hours: str = setting(
        "TRANSOM_DIGEST_HOURS",
        "7,13,18",
        "Hours of the day, in UTC, at which editors get a mail with the number of waiting submissions.",
        form=r"\s*\d{1,2}\s*(,\s*\d{1,2}\s*)*",
        wanted="hours such as 7,13,18",
    )
    session_idle_hours: int = setting(
        "TRANSOM_SESSION_IDLE_HOURS",
        12,
        "Hours without use after which the session of an editor or admin ends.",
        form=r"[1-9]\d{0,2}",
        wanted="a number of hours from 1 to 999",
    )
    session_days: int = setting(
        "TRANSOM_SESSION_DAYS",
        30,
        "Days after which a session ends, however much it is used.",
        form=r"[1-9]\d{0,2}",
        wanted="a number of days from 1 to 999",
    )
    token_days: int = setting(
        "TRANSOM_TOKEN_DAYS",
        90,
        "Days until a new API token expires, unless another time is chosen when it is created.",
        form=r"[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-5]",
        wanted="a number of days from 1 to 365",
    )
    password_hashes: int = setting(
        "TRANSOM_PASSWORD_HASHES",
        2,
        "Passwords that are checked or set at the same time, in all processes of a machine. Each takes 64 MiB of memory.",
        form=r"[1-9]\d?",
        wanted="a number from 1 to 99",
    )
    web_workers: int = setting("TRANSOM_WEB_WORKERS", 2, "Web server processes.", form=POSITIVE_INTEGER)
    web_threads: int = setting(
        "TRANSOM_WEB_THREADS",
        8,
        "Threads for pages of contributors, and as many for pages of the desk, in each web server process. Uploads, searches, exports and live"
        " connections have their own.",
        form=POSITIVE_INTEGER,
    )
    worker_concurrency: int = setting(
        "TRANSOM_WORKER_CONCURRENCY",
        0,
        "Jobs that one worker runs at the same time. 0: one for each processor.",
        form=r"\d{1,4}",
        wanted="a whole number",
    )
    worker_name: str = setting(
        "TRANSOM_WORKER_NAME",
        "worker",
        "Name of the worker. Several workers on one machine need different names.",
        form=r"[A-Za-z0-9._-]{1,60}",
        wanted="a name of letters, digits, dots and hyphens",
    )
    max_jobs_sent: int = setting(
        "TRANSOM_MAX_JOBS_SENT",
        32,
        "Maximum number of jobs of one queue that are sent to the broker and not yet started. The others wait in the database.",
        form=POSITIVE_INTEGER,
    )
    log_level: str = setting(
        "TRANSOM_LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR.",
        form=r"(?i:DEBUG|INFO|WARNING|ERROR)", wanted="DEBUG, INFO, WARNING or ERROR",
    )  # fmt: skip
    log_format: str = setting(
        "TRANSOM_LOG_FORMAT", "plain", "plain, or json: one object on each line, for log collectors.",
        form=r"(?i:plain|json)", wanted="plain or json",
    )  # fmt: skip
    metrics_token: str = setting(
        "TRANSOM_METRICS_TOKEN",
        "",
        "Bearer token with which Prometheus reads `/metrics`, at least 20 characters. Empty: the page does not exist.",
        secret=True,
        form=r"\S{20,}",
        wanted="at least 20 characters without a space",
    )
    heartbeat_url: str = setting(
        "TRANSOM_HEARTBEAT_URL",
        "",
        "Address of an outside monitor, requested while submissions are processed. With `/fail` at its end, it is requested when they no longer are.",
        secret=True,
        form=r"https?://\S+",
        wanted="an address such as https://monitor.example/0f9a",
    )
    heartbeat_seconds: int = setting(
        "TRANSOM_HEARTBEAT_SECONDS", 60, "Seconds between two requests of TRANSOM_HEARTBEAT_URL, 10 or more.",
        form=r"[1-9]\d{1,6}", wanted="a number of seconds from 10 to 9999999",
    )  # fmt: skip
