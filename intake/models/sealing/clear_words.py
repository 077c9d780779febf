"""Tables with words from before they were sealed."""

from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base


class ClearWords(Base):
    """Name of a table that may hold words in clear, or whose files may still have their remains.

    Migrations write the rows. `transom migrate` deletes each when the table's words are sealed and its file is rewritten.
    """

    __tablename__ = "clear_words"

    name: Mapped[str] = mapped_column(primary_key=True)
