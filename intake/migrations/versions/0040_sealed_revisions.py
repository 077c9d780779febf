"""Store words of submissions and revisions sealed. `transom migrate` then seals existing words, while everything runs."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

WORDS = {
    "submissions": ("print_name", "published_url"),
    "revisions": ("title", "html", "note"),
}


def upgrade() -> None:
    op.create_table(
        "clear_words",
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_clear_words")),
    )
    op.execute("ALTER TABLE revisions ALTER COLUMN details DROP DEFAULT")
    for table, columns in WORDS.items():
        alter(table, [*map(text, columns), *([json("details")] if table == "revisions" else [])])
    op.execute("ALTER TABLE revisions ALTER COLUMN details SET DEFAULT ''")


def text(column: str) -> str:
    """Return the change of a column of text. A zero byte marks words in clear."""
    return (
        f"ALTER COLUMN {column} TYPE bytea USING"
        f" CASE WHEN {column} = '' THEN ''::bytea ELSE '\\x00'::bytea || convert_to({column}, 'UTF8') END"
    )


def json(column: str) -> str:
    """Return the change of a column of JSON."""
    return (
        f"ALTER COLUMN {column} TYPE bytea USING"
        f" CASE WHEN {column} = '{{}}' THEN ''::bytea ELSE '\\x00'::bytea || convert_to({column}::text, 'UTF8') END"
    )


def alter(table: str, changes: list[str]) -> None:
    """Change columns of a table, which is rewritten once."""
    op.execute(f"ALTER TABLE {table} {', '.join(changes)}")
    for change in changes:
        column = change.split()[2]
        # Sealed words do not compress, and nothing can be learnt from their statistics.
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STORAGE EXTERNAL")
        op.execute(f"ALTER TABLE {table} ALTER COLUMN {column} SET STATISTICS 0")
    op.execute(f"INSERT INTO clear_words (name) SELECT '{table}' WHERE EXISTS (SELECT FROM {table})")  # noqa: S608 - a constant
