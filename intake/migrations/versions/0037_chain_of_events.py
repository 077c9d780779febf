"""Chain the events, and refuse to change them.

`transom migrate` then links the events in batches, and the scheduler goes on with it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

LIST_NEW = """
CREATE FUNCTION transom_list_new_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO {schema}.unlinked_events (event_id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$
"""
# A purge empties details, forgets the photo, and cuts the time to the day. A deleted photo of a draft leaves its events.
GUARD_EVENTS = """
CREATE FUNCTION transom_guard_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    emptied {schema}.events := OLD;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT FROM {schema}.submissions WHERE id = OLD.submission_id AND status = 'draft')
            AND NOT EXISTS (SELECT FROM {schema}.event_links WHERE event_id = OLD.id) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'Events cannot be deleted.' USING ERRCODE = 'restrict_violation';
    END IF;
    emptied.data := '{{}}';
    emptied.at := date_trunc('day', OLD.at, 'UTC');
    emptied.photo_id := NULL;
    IF NEW IS NOT DISTINCT FROM emptied
        AND EXISTS (SELECT FROM {schema}.submissions WHERE id = OLD.submission_id AND status = 'purged') THEN
        RETURN NEW;
    END IF;
    emptied := OLD;
    emptied.photo_id := NULL;
    IF NEW IS NOT DISTINCT FROM emptied
        AND NOT EXISTS (SELECT FROM {schema}.event_links WHERE event_id = OLD.id) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Events cannot be changed.' USING ERRCODE = 'restrict_violation';
END $$
"""
GUARD_LINKS = """
CREATE FUNCTION transom_guard_event_links() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    salted {schema}.event_links := OLD;
BEGIN
    salted.salt := NULL;
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM salted THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Links of events cannot be changed.' USING ERRCODE = 'restrict_violation';
END $$
"""
# SECURITY DEFINER: the application's own role may change no event, but it may call these two functions.
# The lock is that of the linking, so that no event gets its link from details that are just being emptied.
FORGET = """
CREATE FUNCTION transom_forget_event_details(purged uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(x'4348414E'::int);
    IF NOT EXISTS (SELECT FROM {schema}.submissions WHERE id = purged AND status = 'purged') THEN
        RETURN;
    END IF;
    UPDATE {schema}.event_links SET salt = NULL
    WHERE event_id IN (SELECT id FROM {schema}.events WHERE submission_id = purged);
    UPDATE {schema}.events SET data = '{{}}', at = date_trunc('day', at, 'UTC'), photo_id = NULL
    WHERE submission_id = purged;
END $$
"""
DELETE_DRAFT = """
CREATE FUNCTION transom_delete_draft_events(draft uuid) RETURNS void LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(x'4348414E'::int);
    IF NOT EXISTS (SELECT FROM {schema}.submissions WHERE id = draft AND status = 'draft') THEN
        RETURN;
    END IF;
    DELETE FROM {schema}.unlinked_events
    WHERE event_id IN (SELECT id FROM {schema}.events WHERE submission_id = draft);
    DELETE FROM {schema}.events WHERE submission_id = draft;
END $$
"""
TRIGGERS = (
    "CREATE TRIGGER list_new AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION transom_list_new_event()",
    "CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION transom_guard_events()",
    "CREATE TRIGGER guard BEFORE UPDATE OR DELETE ON event_links"
    " FOR EACH ROW EXECUTE FUNCTION transom_guard_event_links()",
)
# A purge empties events from now on, so those of purged submissions are emptied before they get their links.
EMPTY_PURGED = (
    "UPDATE events SET data = '{}', at = date_trunc('day', at, 'UTC'), photo_id = NULL"
    " WHERE submission_id IN (SELECT id FROM submissions WHERE status = 'purged')"
)


def upgrade() -> None:
    op.add_column("editors", sa.Column("head_mailed_at", sa.DateTime(timezone=True)))
    op.create_table(
        "event_links",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("salt", sa.LargeBinary()),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("position > 0", name=op.f("ck_event_links_position")),
        sa.CheckConstraint(
            "octet_length(commitment) = 32 AND octet_length(hash) = 32", name=op.f("ck_event_links_hashes")
        ),
        sa.CheckConstraint("octet_length(salt) = 32", name=op.f("ck_event_links_salt")),
        sa.ForeignKeyConstraint(["event_id"], ["events.id"], name=op.f("fk_event_links_event_id")),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_event_links")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_links_event_id")),
    )
    op.create_table(
        "unlinked_events",
        sa.Column("event_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_unlinked_events")),
    )
    op.create_table(
        "chain_progress",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_chain_progress_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chain_progress")),
    )
    op.execute(EMPTY_PURGED)
    op.execute("INSERT INTO unlinked_events (event_id) SELECT id FROM events")
    # An hour from the upgrade on, in which the scheduler links what `transom migrate` has not linked.
    op.execute(
        "INSERT INTO chain_progress (id, complete_at) SELECT 1, now() WHERE EXISTS (SELECT FROM events)"
    )
    op.execute("SET CONSTRAINTS ALL IMMEDIATE")
    schema = op.get_bind().scalar(sa.text("SELECT quote_ident(current_schema())"))
    for function in (LIST_NEW, GUARD_EVENTS, GUARD_LINKS, FORGET, DELETE_DRAFT):
        op.execute(function.format(schema=schema))
    for name in ("transom_forget_event_details", "transom_delete_draft_events"):
        op.execute(f"REVOKE EXECUTE ON FUNCTION {name}(uuid) FROM PUBLIC")
    for trigger in TRIGGERS:
        op.execute(trigger)
    # Statistics would keep what a purge deletes.
    op.execute("ALTER TABLE event_links ALTER COLUMN salt SET STATISTICS 0")
    op.execute("ALTER TABLE legal_holds ALTER COLUMN reason SET STATISTICS 0")
