import pytest
from werkzeug.datastructures import MultiDict

from intake.web import Transom
from intake.web.forms.publication import PublicationForm


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "  ",
        "https://magazine.example/1",
        "http://127.0.0.1:8000/x?y=z#a",
        "https://журнал.example/река",
        "HTTPS://M.EXAMPLE",
    ],
)
def test_nothing_and_addresses_of_the_web(app: Transom, typed: str) -> None:
    with app.test_request_context():
        form = PublicationForm(MultiDict({"version": "1", "url": typed}), meta={"csrf": False})
        assert form.validate(), form.errors
        assert form.url.data == typed.strip()
