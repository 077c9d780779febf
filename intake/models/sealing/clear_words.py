"""Tables that still hold unencrypted words, from versions of Transom that did not seal them."""

from sqlalchemy.orm import Mapped, mapped_column

from intake.db import Base


class ClearWords(Base):
    """Name of a table that may hold unencrypted words, or whose data files may still contain deleted ones.

    Migrations write the rows. `transom migrate` deletes each when the table's words are sealed and its file is rewritten.
    """

    __tablename__ = "clear_words"

    name: Mapped[str] = mapped_column(primary_key=True)
