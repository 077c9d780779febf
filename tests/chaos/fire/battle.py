"""One run: an installation on a small disk, a sender, faults, then a quiet phase and the check."""

import contextlib
import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.fire import tally
from tests.chaos.fire.battery import Battery
from tests.chaos.fire.disk import small_disk
from tests.chaos.fire.faults import Battlefield
from tests.chaos.fire.sender import Sender
from tests.chaos.fire.settling import settle, sweep_cut_off
from tests.chaos.fire.tally import Tally
from tests.forgetting import forget
from tests.whole import Whole, running

DISK_MB, DISK_MB_EACH = 512, 0.5
"""Size of the data folder's disk, plus a share for each submission."""
SHOWN_EVERY_S = 5.0
ANSWERED_S = 120.0
"""Time after the faults within which every client must have a receipt."""

Say = Callable[[str], None]


class Fallen(Exception):
    """Raised if `transom up` has exited. The message has the end of its log."""


@dataclass(frozen=True)
class Orders:
    """Duration, number of submissions, and random seed."""

    seconds: int
    submissions: int
    seed: int


@dataclass(frozen=True)
class Outcome:
    """Injected faults, responses to clients, and the final state."""

    orders: Orders
    kinds: list[str]
    hits: Counter[str]
    asked: Counter[str]
    tally: Tally
    spared: list[str]


def fight(orders: Orders, say: Say) -> Outcome:
    """Run the installation, the sender and the faults. Processes and mounts are removed in any case."""
    size = int(DISK_MB + orders.submissions * DISK_MB_EACH)
    with (
        _everything_in() as folder,
        small_disk(folder / "data", size) as disk,
        running(folder, TMPDIR=folder) as whole,
        _ours(whole),
    ):
        return _under_fire(orders, Battlefield(whole, disk), say)


@contextlib.contextmanager
def _everything_in() -> Iterator[Path]:
    """Folder for all temporary files, including sockets, because a killed process cannot delete its own."""
    folder = Path(tempfile.mkdtemp(prefix="transom-chaos-"))
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = before
        shutil.rmtree(folder)


def _under_fire(orders: Orders, field: Battlefield, say: Say) -> Outcome:
    sender = Sender(field.whole.client, orders.seed, field.over)
    battery = Battery(field, orders.seed, orders.seconds, say)
    try:
        _rage(orders, field.whole, sender, battery, say)
        _hear_all(field.whole, sender, say)
    finally:
        field.over.set()
        battery.close()
        sender.close()
    settle(lambda: _stands(field.whole), say)
    swept = sweep_cut_off()
    counted = tally.take(sender.parcels)
    counted.counts["files of cut-off work, swept"] = swept
    return Outcome(orders, battery.kinds, battery.hits, sender.asked, counted, battery.spared)


def _rage(orders: Orders, whole: Whole, sender: Sender, battery: Battery, say: Say) -> None:
    begun = shown = time.monotonic()
    while battery.firing or len(sender.parcels) < orders.submissions:
        _stands(whole)
        now = time.monotonic()
        due = (now - begun) / orders.seconds * orders.submissions
        while len(sender.parcels) < min(due, orders.submissions):
            sender.send()
        if now - shown > SHOWN_EVERY_S:
            shown = now
            _show(sender, say)
        time.sleep(0.05)


def _hear_all(whole: Whole, sender: Sender, say: Say) -> None:
    """Wait until every client has its response, after all processes are up again."""
    begun = time.monotonic()
    while sender.waiting and time.monotonic() - begun < ANSWERED_S:
        _stands(whole)
        _show(sender, say)
        time.sleep(1)


def _show(sender: Sender, say: Say) -> None:
    say(f"         {len(sender.parcels)} sent, {sender.asked['receipt']} receipts, {sender.waiting} waiting")


def _stands(whole: Whole) -> None:
    if whole.process.poll() is not None:
        raise Fallen(whole.log.read_text()[-4000:])


@contextlib.contextmanager
def _ours(whole: Whole) -> Iterator[None]:
    """Use the installation's settings, database, keys and files in this process."""
    forget()
    before = dict(os.environ)
    os.environ.update(whole.env)
    try:
        yield
    finally:
        forget()
        os.environ.clear()
        os.environ.update(before)
