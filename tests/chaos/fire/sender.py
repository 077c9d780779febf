"""Well-behaved client: it repeats a request with the same key until it gets a response."""

import random
import threading
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor

import httpx

from tests.chaos.fire.parcel import Parcel, parcel

CLIENTS = 8
CREATED = 201
PATIENT_S = 10.0
HASTY, HASTY_S = 0.1, (0.02, 0.2)
"""Share of clients that hang up before the response can arrive, so that it is lost, and the seconds after which they do."""
AGAIN_S = (0.3, 1.2)


class Sender:
    """Sends a number of submissions, evenly over the time. `over` ends all retries."""

    def __init__(self, client: httpx.Client, seed: int, over: threading.Event) -> None:
        self._client, self._over = client, over
        self._chance = random.Random(f"parcels {seed}")
        self._pool = ThreadPoolExecutor(CLIENTS, thread_name_prefix="client")
        self._under_way: list[Future[None]] = []
        self._lock = threading.Lock()
        self.parcels: list[Parcel] = []
        self.asked: Counter[str] = Counter()
        """Number of attempts by result: `receipt`, a status, or the kind of error."""

    def send(self) -> None:
        """Start sending the next submission. It is repeated until there is a receipt."""
        made = parcel(self._chance, len(self.parcels) + 1)
        self.parcels.append(made)
        haste = self._chance.uniform(*HASTY_S) if self._chance.random() < HASTY else PATIENT_S
        self._under_way.append(self._pool.submit(self._deliver, made, haste))

    @property
    def waiting(self) -> int:
        """Number of submissions without a response. Raises the error of a failed client."""
        for done in [one for one in self._under_way if one.done()]:
            done.result()
            self._under_way.remove(done)
        return len(self._under_way)

    def close(self) -> None:
        """Give up waiting submissions. Call it once `over` is set."""
        self._pool.shutdown(cancel_futures=True)

    def _deliver(self, made: Parcel, timeout: float) -> None:
        pauses = random.Random(made.number)
        while not self._over.is_set():
            self._ask(made, timeout)
            if made.receipt or made.turned_away:
                return
            timeout = PATIENT_S
            self._over.wait(pauses.uniform(*AGAIN_S))

    def _ask(self, made: Parcel, timeout: float) -> None:
        try:
            answer = self._post(made, timeout)
        except httpx.TransportError as error:
            self._note(type(error).__name__)
            return
        if answer.status_code == CREATED:
            made.receipt = answer.json()["receipt"]
        elif not answer.is_server_error:
            made.turned_away = answer.status_code
        self._note("receipt" if made.receipt else f"status {answer.status_code}")

    def _post(self, made: Parcel, timeout: float) -> httpx.Response:
        files = {f"photo-{i}": ("IMG_fire.jpg", photo) for i, photo in enumerate(made.photos, start=1)}
        return self._client.post(
            "/api/v1/submissions",
            data=made.fields,
            files=files or None,
            headers={"Idempotency-Key": made.key},
            timeout=timeout,
        )

    def _note(self, outcome: str) -> None:
        with self._lock:
            self.asked[outcome] += 1
