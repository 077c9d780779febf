"""A program that acts as a worker: it uses its keys, and searches the memory of a child that cleans a photo.

It prints JSON: `child`, `server` and `self` have the names of the secrets found in each memory. `input` says whether
the child's memory had the photo, and `status` and `descriptors` describe the fork server. Exit code 77: reading another
process's memory is not permitted here.

python -m tests.sandbox.memory PHOTO
"""

import base64
import contextlib
import json
import os
import signal
import sys
import threading
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path

from intake import crypto, sandbox
from intake.keys.files import key_holder
from intake.photos import clean_photo
from intake.photos.answers import CLEAN
from intake.settings import settings
from tests.sandbox import family, readable
from tests.sandbox.tasks import task_of
from tests.waiting import until

NOT_PERMITTED = 77
CHUNK = 16 << 20
OVERLAP = 256
PURPOSES = ("wrap", "receipt", "receipt hash", "token", "totp", "recent texts", "hour")
PASSWORDS = {"database password": "database-pass-5e1f", "broker password": "broker-pass-77ab"}


def secrets() -> dict[str, bytes]:
    """Secrets that this process has used, by name: keys as bytes and in two notations, and passwords."""
    ring = crypto.keyring()
    keys = {"master key": settings().master_key_path.read_bytes(), "submission's key": crypto.new_key()}
    keys |= {f"key for {purpose}": ring.subkey(purpose) for purpose in PURPOSES}
    submission = uuid.uuid4()
    pair = key_holder().public()
    keys["wrapped key"] = pair.wrap(keys["submission's key"], submission)
    private = key_holder().private(pair.id)
    keys["private key"] = private.raw
    assert private.unwrap(keys["wrapped key"], submission) == keys["submission's key"]
    crypto.unseal(keys["submission's key"], crypto.seal(keys["submission's key"], b"words", b""), b"")
    found: dict[str, bytes] = {}
    for name, key in keys.items():
        found |= {name: key, f"{name}, hex": key.hex().encode(), f"{name}, base64": base64.b64encode(key)}
    addresses = settings().database_url, settings().broker_url
    assert all(any(word in address for address in addresses) for word in PASSWORDS.values())
    return found | {name: word.encode() for name, word in PASSWORDS.items()}


def memory(pid: int) -> Iterator[bytes]:
    """All readable memory of a process, in chunks that overlap so that no secret is split."""
    maps = Path(f"/proc/{pid}/maps").read_text().splitlines()
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as file:
        for line in maps:
            span, rights, *_, name = line.split(maxsplit=5) + ["", ""][: 6 - len(line.split(maxsplit=5))]
            if "r" not in rights or name in ("[vvar]", "[vsyscall]", "[vvar_vclock]"):
                continue
            start, end = (int(place, 16) for place in span.split("-"))
            for at in range(start, end, CHUNK):
                # Reading fails for pages after the end of a mapped file.
                with contextlib.suppress(OSError):
                    file.seek(at)
                    yield file.read(min(CHUNK + OVERLAP, end - at))


def found_in(pid: int, needles: Mapping[str, bytes]) -> list[str]:
    """Names of the needles that the memory of a process has."""
    found = set()
    for part in memory(pid):
        found |= {name for name, needle in needles.items() if needle in part}
    return sorted(found)


def stop(pid: int) -> None:
    """Stop a process, and wait until it has stopped or ended."""
    os.kill(pid, signal.SIGSTOP)
    until(lambda: family.state(pid) in ("T", "Z", ""))


def stopped_child(canary: Mapping[str, bytes]) -> int:
    """Stop a child (SIGSTOP) whose memory already contains the photo. Returns its process id."""

    def look() -> int:
        for pid in family.children(family.server()):
            with contextlib.suppress(ProcessLookupError, FileNotFoundError):
                stop(pid)
                if found_in(pid, canary):
                    return pid
                os.kill(pid, signal.SIGCONT)
        return 0

    return until(look)


def main() -> None:
    """Clean the photo repeatedly in a thread until the memory of one child has been searched."""
    photo = Path(sys.argv[1]).read_bytes()
    needles = secrets()
    canary = {"input": photo[len(photo) // 2 :][:200]}
    if os.geteuid():
        sandbox.load(task_of(readable.nothing))
    sandbox.load(CLEAN)
    over = threading.Event()

    def clean() -> None:
        while not over.is_set():
            with contextlib.suppress(Exception):
                clean_photo(photo)

    worker = threading.Thread(target=clean)
    worker.start()
    try:
        child = stopped_child(canary)
        told = {
            "input": found_in(child, canary),
            "child": found_in(child, needles),
            "server": found_in(family.server(), needles),
            "self": found_in(os.getpid(), needles),
            "filtered": "Seccomp:\t2" in Path(f"/proc/{child}/status").read_text(),
            "child's memory": sum(map(len, memory(child))),
        }
        os.kill(child, signal.SIGCONT)
    except PermissionError:
        os._exit(NOT_PERMITTED)
    finally:
        over.set()
        worker.join()
    print(json.dumps(told | {"secrets": sorted(needles)}))


if __name__ == "__main__":
    main()
