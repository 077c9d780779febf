"""After a whole life, withdrawal and scrub, no byte of marked submissions is in any file of the installation."""

import os
import time
from pathlib import Path

import psycopg
import pytest

from intake.backup import age
from tests.health.scrub.life import SETTINGS
from tests.health.scrub.planted import Planting
from tests.health.scrub.traces import Traces, keys, temporary
from tests.waiting import until
from tests.whole import running

# `script/test --everything` sets TRANSOM_PLANTED to 2,000 for tests of photos. Here, each unit is a submission from draft to
# deletion, which takes longer, so the maximum is 200.
NUMBER = min(int(os.environ.get("TRANSOM_PLANTED") or 10), 200)


@pytest.mark.slow
def test_no_mark_and_no_wrapped_key_is_left_in_any_file(tmp_path: Path) -> None:
    before, begun = temporary(), time.monotonic()
    identity, kept = tmp_path / "backup.identity", tmp_path / "backups"
    kept.mkdir()
    to = age.write_identity(identity)
    with (
        running(tmp_path, TRANSOM_BACKUP_RECIPIENT=to, **SETTINGS) as whole,
        psycopg.connect(whole.settings.owner_url.replace("+psycopg", "", 1)) as connection,
    ):
        planting, traces = Planting(whole, connection), Traces(whole, before, [kept])
        # Wait for the first scrub at the start of the installation, which would remove planted marks from the log.
        until(lambda: planting.count("scrubs", "succeeded_at IS NOT NULL") == 1, 60)
        sealed, bare = [planting.mark.encode()], [planting.bare.encode()]
        with traces.watched(sealed) as watch:
            planting.send(NUMBER)
            planting.live()
        assert planting.unplanted() == set()
        wrapped = keys(connection)
        assert len(wrapped) > 3 * NUMBER
        # Words of submissions are in no temporary file, not even while these are read and written.
        assert (watch.looks > NUMBER, dict(watch.found)) == (True, {})
        planted = traces.find(sealed, bare, wrapped)
        assert planted[0] == {}
        # Show that the search finds marks. Check tables only, as checkpoints may have removed older log segments.
        assert all("tables" in found for found in planted[1:]), planted

        with traces.watched([*sealed, *bare, *wrapped]) as backup_watch:
            made = whole.transom("backup", str(kept / "one"))
        assert made.returncode == 0, made.stderr
        assert dict(backup_watch.found) == {}
        assert _opened(kept / "one", identity, bare[0])

        planting.contributor.withdraw()
        sent = len(planting.contributor.receipts)
        until(lambda: planting.count("submissions", "status = 'purged' AND photo_count = 0") == sent, 600)
        until(lambda: planting.count("photos", "true") == 0, 120)
        assert planting.count("submissions", "status <> 'purged'") == 0
        assert keys(connection) == []
        connection.execute("CHECKPOINT")
        withdrawn = traces.find(bare, wrapped)

        done = whole.transom("scrub", "--always")
        assert done.returncode == 0, done.stderr
        scrubbed = traces.find(bare + sealed, wrapped)
        print(
            f"\n{sent} submissions, {len(planting.contributor.unsent)} drafts, {len(wrapped)} wrapped keys, in {time.monotonic() - begun:.0f} s;"
            f" passing files were searched {watch.looks} times, and {backup_watch.looks} times during the backup."
            f"\nKinds of files with words, with marks in clear, and with wrapped keys, while they live: {planted}"
            f"\nwith marks in clear and wrapped keys after the withdrawal: {withdrawn}\nafter the scrub: {scrubbed}"
        )
        assert all(withdrawn)
        assert scrubbed == [{}, {}]


def _opened(backup: Path, identity: Path, mark: bytes) -> bool:
    """Return whether a backup holds a mark once it is decrypted."""
    found = bytearray()
    for path in sorted(backup.glob("database/*.age")):
        with path.open("rb") as file:
            age.decrypt(file, found.extend, age.identities(identity))
    return mark in found
