"""Check of every Nth clean photo by ExifTool, in batches, because starting ExifTool takes longer than reading a file."""

from pathlib import Path

from intake.photos import CleanPhoto
from tests.photos import exiftool

BATCH = 60


class SecondOpinion:
    """Clean copies that wait in a folder for ExifTool."""

    def __init__(self, folder: Path, every: int) -> None:
        self.folder, self.every = folder, every
        self.asked = self._seen = 0
        self._waiting: dict[str, bytes] = {}

    def take(self, data: bytes, cleaned: CleanPhoto) -> list[tuple[bytes, str]]:
        """Keep every Nth set of copies. When a batch is full, return its findings: (original file, tag)."""
        self._seen += 1
        if exiftool.MISSING or self._seen % self.every:
            return []
        self._waiting[str(self._seen)] = data
        for size in ("full", "web", "thumb"):
            (self.folder / f"{self._seen}.{size}.{cleaned.format}").write_bytes(getattr(cleaned, size))
        return self.finish() if len(self._waiting) >= BATCH else []

    def finish(self) -> list[tuple[bytes, str]]:
        """Run ExifTool on all waiting files and return its findings."""
        paths = list(self.folder.iterdir())
        found = exiftool.findings(paths) if paths else []
        told = [(self._waiting[one.split(".")[0]], f"ExifTool: {one}") for one in found]
        self.asked += len(paths)
        for path in paths:
            path.unlink()
        self._waiting.clear()
        return told
