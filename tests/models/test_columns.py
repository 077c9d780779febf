"""Rules of all tables."""

from typing import TYPE_CHECKING, Any

from intake.models.columns import one_of
from tests.models import (
    test_account,
    test_account_attempt,
    test_account_session,
    test_account_token,
    test_decision,
    test_decision_batch,
    test_decision_reply,
    test_desk_draft,
    test_desk_presence,
    test_desk_reading_link,
    test_desk_view,
    test_event,
    test_factor,
    test_heartbeat,
    test_job,
    test_job_figures_job_total,
    test_job_figures_queue_sample,
    test_job_pause,
    test_magazine_text,
    test_message,
    test_message_answer,
    test_message_note,
    test_message_notification,
    test_photo,
    test_photo_retouch,
    test_publication,
    test_retention,
    test_revision,
    test_search,
    test_submission,
    test_submission_key,
    test_suspicion,
)
from tests.models.rows import ROWS, checks, tables

if TYPE_CHECKING:
    import psycopg

OF_TABLES = (
    test_account,
    test_message_answer,
    test_account_attempt,
    test_account_session,
    test_decision_batch,
    test_decision,
    test_desk_draft,
    test_event,
    test_factor,
    test_heartbeat,
    test_job,
    test_job_figures_job_total,
    test_magazine_text,
    test_message,
    test_message_note,
    test_message_notification,
    test_job_pause,
    test_photo,
    test_search,
    test_desk_presence,
    test_desk_reading_link,
    test_job_figures_queue_sample,
    test_decision_reply,
    test_photo_retouch,
    test_publication,
    test_retention,
    test_revision,
    test_search,
    test_submission,
    test_submission_key,
    test_suspicion,
    test_account_token,
    test_desk_view,
)


def test_every_check_of_the_database_is_tried(connection: "psycopg.Connection[Any]") -> None:
    tried = {case.name for module in OF_TABLES for case in module.REFUSED}
    assert checks(connection) - {"ck_roles_name"} == {name for name in tried if name.startswith("ck_")}


def test_every_table_has_a_legal_row_here(connection: "psycopg.Connection[Any]") -> None:
    assert tables(connection) - {"roles", "editor_roles"} == ROWS.keys()


def test_times_are_aware(connection: "psycopg.Connection[Any]") -> None:
    naive = connection.execute(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'timestamp without time zone'"
    )
    assert naive.fetchall() == []


def test_one_of_several_values_in_sql() -> None:
    assert one_of("status", ["clean", "refused"]) == "status IN ('clean', 'refused')"
