"""One run: an installation on a small disk, a sender, a battery, then quiet and the count."""

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
"""Of the data folder's disk, and more for each submission."""
SHOWN_EVERY_S = 5.0
ANSWERED_S = 120.0
"""After the fire everybody must have a receipt within so long."""

Say = Callable[[str], None]


class Fallen(Exception):
    """`transom up` itself has ended; the message holds the end of its log."""


@dataclass(frozen=True)
class Orders:
    """How long, how many, and by which chance."""

    seconds: int
    submissions: int
    seed: int


@dataclass(frozen=True)
class Outcome:
    """What was done, what came of asking, and what is there in the end."""

    orders: Orders
    kinds: list[str]
    hits: Counter[str]
    asked: Counter[str]
    tally: Tally
    spared: list[str]


def fight(orders: Orders, say: Say) -> Outcome:
    """Run it, and leave nothing running or mounted, however it ends."""
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
    """A folder for all temporary files, the sockets too: who is killed cannot remove its own."""
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
    """All is up again: every client hears its answer."""
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
    """The installation's settings, database, keys and files are this process's, too."""
    forget()
    before = dict(os.environ)
    os.environ.update(whole.env)
    try:
        yield
    finally:
        forget()
        os.environ.clear()
        os.environ.update(before)
