"""Fills a database with generated submissions.

They are combined from paragraphs. Python seals their words. Everything else is generated in SQL, which is fast.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg

from intake.crypto import Keyring, read_or_create_key
from intake.queue.search_keys import PURPOSE
from intake.text.search import fold
from intake.text.terms.entry import KeyedTerms, Terms
from intake.text.terms.keys import BUCKETS, BucketKey, Generation
from intake.text.terms.stemming import stems
from tests.bench import sealed_rows
from tests.bench.sealed_rows import NEEDLE, Texts
from tests.bench.vocabulary import SHARES, Writer

PROGRESS = 100_000
"""Number of sealed submissions after which progress is reported."""
PARAGRAPHS = 1000
"""Number of paragraphs for each language. A text has three of them."""
TABLES = (
    "submissions",
    "revisions",
    "photos",
    "decisions",
    "events",
    "notes",
    "search_entries",
    "submission_keys",
)

EDITOR = """
INSERT INTO editors (email, name, active, fs_uniquifier) VALUES ('asel@transom.example', 'Asel Nurbekova', true, 'asel');
INSERT INTO editor_roles SELECT e.id, r.id FROM editors e, roles r WHERE r.name = 'editor'
"""
VIEWS = """
INSERT INTO views (editor_id, name, shared, filters) SELECT id, 'Overdue', true, '{"overdue": "yes"}'::jsonb FROM editors
UNION ALL SELECT id, 'Kazakh with photos', false, '{"lane": "done", "language": "kk", "photos": "yes"}' FROM editors
UNION ALL SELECT id, 'Courts', true, '{"q": "суд"}' FROM editors
"""
# Open submissions are among the newest. Four of five of them wait for an editor.
ROWS = """
CREATE UNLOGGED TABLE bench_rows AS
SELECT n, gen_random_uuid() AS id, (%(languages)s::text[])[1 + n %% 100] AS language,
  CASE WHEN n > %(count)s - 2 * %(open)s AND n %% 2 = 0
       THEN CASE (n / 2) %% 10 WHEN 0 THEN 'received' WHEN 1 THEN 'changes_requested' WHEN 2 THEN 'held' ELSE 'in_review' END
       ELSE CASE (n %% 1000 * 7919) %% 20 WHEN 0 THEN 'published' WHEN 1 THEN 'withdrawn' WHEN 2 THEN 'spam'
            WHEN 3 THEN 'accepted' WHEN 4 THEN 'accepted' ELSE 'rejected' END END AS status,
  date_bin('24 hours', now() - interval '3 years' * (1 - n::float / %(count)s) - interval '1 hour', '2000-01-01Z') AS at,
  (n * 31) %% %(paragraphs)s AS a, (n * 17 + 5) %% %(paragraphs)s AS b, (n * 13 + n / 1000) %% %(paragraphs)s AS c,
  CASE WHEN n %% 10 < 3 THEN 1 + n %% 3 ELSE 0 END AS photos, 1 + (n %% %(buckets)s * 7919) %% %(buckets)s AS bucket
FROM generate_series(1, %(count)s) AS n
"""
ROWS_KNOWN = "ANALYZE bench_rows"
SUBMISSIONS = """
INSERT INTO submissions (id, arrival, status, version, receipt_hash, language, section, print_name, consent_version,
  received_at, screened_at, waiting_since, region, region_term, tags, tag_terms, photo_count, flagged, published_at, decision_id)
SELECT r.id, n, status, 2, sha256(n::text::bytea), language,
  (ARRAY['News','Analysis','Interview','Testimony','Photo report','Opinion'])[1 + n %% 6], w.print_name, '2026-11', at,
  CASE WHEN status <> 'received' THEN at END, at + CASE WHEN status IN ('received', 'in_review') THEN interval '0' ELSE interval '1 minute' END,
  w.region, w.region_term, w.tags, w.tag_terms, photos, n %% 20 = 7,
  CASE WHEN status = 'published' THEN at END,
  CASE WHEN status IN ('published', 'spam', 'accepted', 'rejected') THEN n END
FROM bench_rows r JOIN bench_words w ON w.id = r.id
"""
ENTRIES = """
INSERT INTO search_entries (submission_id, received_at, arrival, bucket, terms, links)
SELECT r.id, r.at, r.n, r.bucket, t.title_terms || a.terms || b.terms || c.terms, t.title_links || a.links || b.links || c.links
FROM bench_rows r JOIN bench_terms t ON (t.bucket, t.language, t.n) = (r.bucket, r.language, (r.n * 7) %% %(paragraphs)s)
JOIN bench_terms a ON (a.bucket, a.language, a.n) = (r.bucket, r.language, r.a)
JOIN bench_terms b ON (b.bucket, b.language, b.n) = (r.bucket, r.language, r.b)
JOIN bench_terms c ON (c.bucket, c.language, c.n) = (r.bucket, r.language, r.c) WHERE r.status <> 'received'
"""
DECISIONS = """
INSERT INTO decisions (id, submission_id, revision_id, editor_id, verdict, state, code, decided_at)
OVERRIDING SYSTEM VALUE
SELECT n, id, 2, (SELECT min(id) FROM editors),
  CASE status WHEN 'rejected' THEN 'reject' WHEN 'spam' THEN 'spam' ELSE 'accept' END,
  'standing', CASE status WHEN 'rejected' THEN 'other' END, at
FROM bench_rows WHERE status IN ('published', 'spam', 'accepted', 'rejected')
"""
EVENTS = """
INSERT INTO events (name, submission_id, data, at)
SELECT name, id, '{}', at FROM bench_rows, unnest(ARRAY['submission.received', 'text.clean', 'submission.in_review']) AS name
"""
NEEDLES = """
UPDATE search_entries SET terms = terms || (%(needle)s::text[])[bucket]::tsvector WHERE submission_id IN
(SELECT id FROM bench_rows WHERE status <> 'received' ORDER BY n %% 331, n LIMIT 3)
"""
STEPS = {
    "submissions": SUBMISSIONS, "search entries": ENTRIES, "decisions": DECISIONS, "events": EVENTS, "needles": NEEDLES,
}  # fmt: skip


@dataclass(frozen=True)
class Archive:
    """Database of this name with `count` submissions, of which `open` are undecided."""

    name: str
    count: int
    open: int

    def fill(self, url: str, secret: Path) -> Iterator[str]:
        """Fill the database at `url` (a libpq URL), which must have empty tables. Reports progress.

        `secret` is the file of the application secret, which is created if there is none.
        """
        keys = _keys(url, Keyring(read_or_create_key(secret)))
        values = {
            "count": self.count, "open": self.open, "paragraphs": PARAGRAPHS,
            "needle": [_keyed(NEEDLE, {}).keyed(key).vector for key in keys.keys], "buckets": BUCKETS,
            "languages": [code for code, share in SHARES.items() for _ in range(share)],
        }  # fmt: skip
        with psycopg.connect(url, autocommit=True) as database:
            yield "writing paragraphs"
            database.execute(EDITOR)
            database.execute(VIEWS)
            texts = _write(database, keys)
            # Switches off checks of foreign keys, which would take as long as writing the rows.
            database.execute("SET session_replication_role = replica")
            database.execute("SET maintenance_work_mem = '512MB'")
            database.execute("SET work_mem = '256MB'")
            rebuild = _without_indexes(database)
            yield "rows"
            database.execute(ROWS.encode(), values)
            database.execute(ROWS_KNOWN)
            for sealed in sealed_rows.write(database, secret.parents[1], texts):
                if sealed % PROGRESS == 0 or sealed == self.count:
                    yield f"{sealed:,} sealed"
            for step, statement in STEPS.items():
                yield step
                database.execute(statement.encode(), values)
            yield "indexes"
            rebuild()
            yield "statistics"
            for table in ("decisions", "notes"):
                database.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, self.count])
            database.execute("DROP TABLE bench_rows, bench_words, bench_terms")
            database.execute("VACUUM (ANALYZE)")


def _keys(url: str, ring: Keyring) -> Generation:
    """Return the first generation of search keys, which is made here."""
    salt = b"bench" * 6 + b"xx"
    with psycopg.connect(url) as database:
        database.execute("INSERT INTO search_keys (number, salt) VALUES (1, %s)", [salt])
    return Generation(1, ring.subkey(PURPOSE), salt)


def _write(database: "psycopg.Connection[tuple[object, ...]]", keys: Generation) -> Texts:
    """Write the search terms of titles and paragraphs, and return these."""
    database.execute(
        "CREATE UNLOGGED TABLE bench_terms (bucket int, language text, n int, title_terms tsvector, title_links int[],"
        " terms tsvector, links int[], PRIMARY KEY (bucket, language, n))"
    )
    texts: Texts = {language: [] for language in SHARES}
    terms = []
    for language in SHARES:
        writer = Writer(language)
        known = stems((fold(word), language) for word in writer.words)
        for n in range(PARAGRAPHS):
            title, body = writer.title(), writer.paragraph()
            texts[language].append((title, body))
            terms.append((language, n, _keyed(title, known), _keyed(body, known)))
    with database.cursor().copy("COPY bench_terms FROM STDIN") as rows:
        for place, key in enumerate(keys.keys):
            for language, n, *both in terms:
                heading, words = (one.keyed(key) for one in both)
                row = heading.vector, heading.links, words.vector, words.links
                rows.write_row((keys.first_bucket + place, language, n, *row))
    database.execute("ANALYZE bench_terms")
    return texts


def _keyed(words: str, known: Mapping[str, frozenset[str]]) -> "_WithStems":
    terms = Terms()
    terms.add(words)
    return _WithStems(terms, frozenset().union(*(known.get(word, frozenset()) for word in terms.words)))


@dataclass(frozen=True)
class _WithStems:
    """Search terms of a text with the stems of its words, with the same method as Terms."""

    terms: Terms
    stems: frozenset[str]

    def keyed(self, key: BucketKey) -> KeyedTerms:
        """Return the keyed hashes that are stored."""
        return self.terms.keyed(key, self.stems)


def _without_indexes(database: "psycopg.Connection[tuple[object, ...]]") -> Callable[[], None]:
    """Drop the indexes of large tables that no constraint needs.

    Returns the statements that recreate them.
    """
    found = database.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY (%s) AND NOT EXISTS"
        " (SELECT FROM pg_constraint WHERE conname = indexname)",
        [list(TABLES)],
    ).fetchall()
    for name, _ in found:
        database.execute(f'DROP INDEX "{name}"'.encode())

    def rebuild() -> None:
        for _, definition in found:
            database.execute(str(definition).encode())

    return rebuild
