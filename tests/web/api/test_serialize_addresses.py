import uuid

from intake.web import Transom
from intake.web.api.serialize import below, copies, whole

PIECE, PHOTO = uuid.UUID(int=1), uuid.UUID(int=2)


def test_addresses_are_whole_and_lead_to_routes(app: Transom) -> None:
    with app.test_request_context():
        found = [whole(PIECE), below("export", submission_id=PIECE), *copies(PIECE, PHOTO).values()]
    base = app.extensions["settings"].base_url
    for address in found:
        assert address.startswith(f"{base}/api/v1/desk/submissions/{PIECE}")
        endpoint, _ = app.url_map.bind("").match(address.removeprefix(base))
        assert endpoint.startswith("desk_api.")
