"""Ids and receipts that exist in an installation. Requests with random ones would only get a 404."""

import base64
import random
from dataclasses import dataclass, field
from typing import Any

import httpx

# Pools are short, so that a request often uses an object that an earlier request created.
MOST = 40
IMAGE = base64.b64encode(b"image/jpeg").decode()


@dataclass
class World:
    """Known values of URL variables and receipts, by pool. `own` is the account of the run's token."""

    client: httpx.Client
    own: int = 0
    submissions: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Submission id → its fields, as the desk's API shows them."""
    pools: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, base_url: str, token: str, own: int, receipts: list[str]) -> "World":
        """Build the pools from the lists of the API. `receipts` are the receipts of submissions."""
        client = httpx.Client(
            base_url=f"{base_url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=60
        )
        made = cls(client, own, pools={"receipt": list(receipts)})
        for one in made._items("/desk/submissions?lane=all")[:MOST]:
            made.read(one["id"])
        made.pools["reply_id"] = [one["id"] for one in made._items("/desk/replies")]
        made.pools["view_id"] = [one["id"] for one in made._items("/desk/views") if one["mine"]]
        made.pools["job_id"] = [one["id"] for one in made._items("/admin/jobs")] or [1]
        made.pools["editor_id"] = [one["id"] for one in made._items("/admin/people") if one["id"] != own]
        processes = client.get("/admin/status").json()["processes"]
        made.pools["worker"] = [one["name"] for one in processes if one["kind"] == "worker"]
        return made

    def read(self, submission_id: str) -> dict[str, Any] | None:
        """Return a submission as it is now."""
        answer = self.client.get(f"/desk/submissions/{submission_id}")
        if answer.status_code == 200:
            self.submissions[submission_id] = answer.json()
        return self.submissions.get(submission_id)

    def add(self, pool: str, value: Any) -> None:
        """Add a value to a pool. A full pool drops its oldest value."""
        values = self.pools.setdefault(pool, [])
        if value not in values:
            values.append(value)
            del values[:-MOST]

    def remove(self, values: dict[str, Any]) -> None:
        """Remove from the pools the values of a request that deleted an object. `values` are its URL variables."""
        for pool, value in values.items():
            self.pools[pool] = [one for one in self.pools.get(pool, []) if str(one) != str(value)]

    def draft(self) -> str:
        """Begin a draft. Returns its receipt."""
        receipt: str = self.client.post("/drafts").json()["receipt"]
        return receipt

    def upload(self) -> str:
        """Begin the upload of a file of ten bytes to a new draft. Returns the last part of its address."""
        receipt = base64.b64encode(self.draft().encode()).decode()
        answer = self.client.post(
            "/uploads",
            headers={
                "Tus-Resumable": "1.0.0",
                "Upload-Length": "10",
                "Upload-Metadata": f"receipt {receipt},filetype {IMAGE}",
            },
        )
        address: str = answer.headers.get("Location", "/none")
        return address.rsplit("/", 1)[1]

    def has(self, name: str, value: Any) -> bool:
        """Return whether the pool of a URL variable has this value. True for a variable without a pool."""
        return str(value) in map(str, self.pools.get(name, [value]))

    def fill(self, parts: dict[str, Any], chance: random.Random) -> dict[str, Any]:
        """Return the URL variables `parts`, with random values replaced by existing ones where a pool has some."""
        found = dict(parts)
        if "submission_id" in found and self.submissions:
            submission = self.submissions[chance.choice(sorted(self.submissions))]
            found["submission_id"] = submission["id"]
            inner = {
                "photo_id": [one["id"] for one in submission["photos"]],
                "number": [one["number"] for one in submission["revisions"]],
                "decision_id": [submission["decision"]["id"]] if submission["decision"] else [],
                "retouch_id": [
                    one["id"] for photo in submission["photos"] for one in photo["wishes"] if "id" in one
                ],
            }
            found |= {name: chance.choice(inner[name]) for name in inner.keys() & found if inner[name]}
        for name in found.keys() & self.pools:
            if self.pools[name]:
                found[name] = chance.choice(self.pools[name])
        return found | {"token": self.upload()} if "token" in found else found

    def _items(self, path: str) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.client.get(path).json()["items"]
        return items
