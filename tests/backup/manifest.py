"""Change the JSON files of a backup."""

import json
from pathlib import Path
from typing import Any


def rewrite(backup: Path, name: str = "manifest.json", **changes: Any) -> None:
    """Change members of one of a backup's JSON files."""
    path = backup / name
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
