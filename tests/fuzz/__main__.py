"""`python -m tests.fuzz api`, `documents`, `photos` or `text`: see script/fuzz."""

import click

from tests.fuzz.api.command import api
from tests.fuzz.documents.command import documents
from tests.fuzz.photos.command import photos
from tests.fuzz.text.command import text


@click.group()
def main() -> None:
    """Try to make Transom fail."""


main.add_command(api)
main.add_command(documents)
main.add_command(photos)
main.add_command(text)

if __name__ == "__main__":
    main(prog_name="script/fuzz")
