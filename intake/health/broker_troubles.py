"""Reasons why a broker refuses jobs. Each has the error replies that show it, a sentence, and advice.

This file does not import a Redis client, so that pages and commands can import it quickly.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """Reason why a broker refuses jobs.

    `sentence` and `advice` are shown to an admin. `label` is a short name for the broker's card on the admin
    page. `answers` are the beginnings of the error replies that show this reason.
    """

    label: str
    sentence: str
    advice: str
    answers: tuple[str, ...] = ()


# Key → trouble. Relays write the key into their heartbeats, and the admin API returns it.
TROUBLES = {
    "away": Trouble(
        "Away",
        "the broker does not answer",
        "Start Valkey or Redis, or correct TRANSOM_REDIS_URL. `transom up` runs the embedded one.",
    ),
    "full": Trouble(
        "Full",
        "the broker is full",
        "Give Valkey or Redis more memory (`maxmemory`), or find out who else fills it.",
        ("OOM",),
    ),
    "password_missing": Trouble(
        "Wants a password",
        "the broker wants a password and was given none",
        "Put the password into TRANSOM_REDIS_URL, as in redis://:password@host:6379/0, and restart Transom.",
        ("NOAUTH",),
    ),
    "refused": Trouble(
        "Refuses us",
        "the broker does not accept the user or the password",
        "Set the right user and password in TRANSOM_REDIS_URL, and restart Transom.",
        ("WRONGPASS", "ERR invalid password"),
    ),
    "password_needless": Trouble(
        "Has no password",
        "the broker has no password but was given one",
        "Take the password out of TRANSOM_REDIS_URL, or set it in the broker (`requirepass`), and restart Transom.",
        ("ERR AUTH <password> called without any password", "ERR Client sent AUTH, but no password is set"),
    ),
    "protected": Trouble(
        "Protected mode",
        "the broker is in protected mode and serves its own machine alone",
        "Set a password in the broker (`requirepass`) and in TRANSOM_REDIS_URL, and restart Transom.",
        ("DENIED",),
    ),
    "no_permission": Trouble(
        "Permits too little",
        "the broker does not permit our user all that is needed",
        "Give the user that TRANSOM_REDIS_URL names all keys, channels and commands: `ACL SETUSER name ~* &* +@all`.",
        ("NOPERM",),
    ),
    "read_only": Trouble(
        "Replica",
        "the broker is a replica and takes no writes",
        "Name the primary in TRANSOM_REDIS_URL, or make this server one with `REPLICAOF NO ONE`.",
        ("READONLY",),
    ),
    "primary_away": Trouble(
        "Primary away",
        "the broker is a replica that has lost its primary",
        "Start the primary and name it in TRANSOM_REDIS_URL, or make this server one with `REPLICAOF NO ONE`.",
        ("MASTERDOWN",),
    ),
    "too_few_replicas": Trouble(
        "Lacks replicas",
        "the broker has too few replicas to take writes",
        "Start its replicas, or lower its `min-replicas-to-write`.",
        ("NOREPLICAS",),
    ),
    "cannot_save": Trouble(
        "Cannot save",
        "the broker cannot save its data",
        "Its log says why: often a full disk, a folder that it may not write to, or too little memory for a copy of itself.",
        ("MISCONF",),
    ),
    "loading": Trouble(
        "Loading",
        "the broker is still loading its data",
        "Wait: it takes jobs again by itself. `INFO persistence` in the broker shows how far it is.",
        ("LOADING",),
    ),
    "cluster": Trouble(
        "Cluster",
        "the broker is a cluster, which cannot be used",
        "Name a single Valkey or Redis in TRANSOM_REDIS_URL.",
        ("MOVED", "ASK", "TRYAGAIN", "CLUSTERDOWN", "CROSSSLOT", "ERR SELECT is not allowed in cluster mode"),
    ),
    "too_many_clients": Trouble(
        "No connection left",
        "the broker has no connection left",
        "Raise its `maxclients`, or find out who holds its connections (`CLIENT LIST`).",
        ("ERR max number of clients",),
    ),
    "no_such_database": Trouble(
        "No such database",
        "the broker has no database of that number",
        "Correct the number at the end of TRANSOM_REDIS_URL, or raise `databases` in the broker.",
        ("ERR DB index is out of range", "ERR invalid DB index"),
    ),
    "other": Trouble(
        "Refuses jobs",
        "the broker refuses what it is sent",
        "`transom doctor` shows its answer, and its log may say more.",
    ),
}  # fmt: skip


def named(word: str) -> Trouble:
    """Trouble with the key `word`. An unknown key, as from a relay of another version, gives `other`."""
    return TROUBLES.get(word, TROUBLES["other"])


def recognized(answer: str) -> str | None:
    """Key of the trouble that an error reply such as "OOM command not allowed" shows, or None."""
    found = (word for word, one in TROUBLES.items() if answer.startswith(one.answers))
    return next(found, None)
