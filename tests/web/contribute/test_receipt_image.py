"""Download of the receipt as an image, by a plain form on pages that show a receipt."""

import pytest

from intake import receipts
from intake.db import transaction
from intake.photos import receipt_image
from tests.photos import made
from tests.web.people import Contributor, Newsroom, receipt_of, value
from tests.web.witness import stored

CODE = "0123456789ABCDEF"


@pytest.mark.parametrize("spelled", [receipts.grouped(CODE), receipts.in_digits(CODE), CODE.lower()])
def test_the_code_comes_as_a_file_that_names_nothing(anonymous: Newsroom, spelled: str) -> None:
    answer = anonymous.client.post("/ar/receipt/images", data={"receipt": spelled})
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.data == receipt_image.draw(receipts.grouped(CODE), receipts.in_digits(CODE))
    assert made.opened(answer.data).info == {}
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="code.png"')
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_a_code_with_a_slip_gets_the_page_that_says_so(anonymous: Newsroom) -> None:
    slip = receipts.grouped(CODE)[:-1] + "U"
    answer = anonymous.client.post("/receipt/images", data={"receipt": slip})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is a slip in group 4" in answer.text
    assert anonymous.client.post("/receipt/images").status_code == 422
    assert anonymous.client.get("/receipt/images").status_code == 405


def test_every_page_that_shows_a_code_offers_its_image_and_says_the_risk(contributor: Contributor) -> None:
    token = value(contributor.client.get("/").text, "token")
    for page in (contributor.client.post("/drafts", data={"token": token}), contributor.send()):
        assert 'action="/receipt/images"' in page.text
        assert "Whoever takes your phone can find the image" in page.text
        form = page.text[page.text.index('action="/receipt/images"') :]
        assert value(form, "receipt") == receipt_of(page)


def test_drawing_leaves_no_trace(contributor: Contributor) -> None:
    receipt = receipt_of(contributor.send())
    with transaction() as session:
        before = stored(session)
    assert contributor.client.post("/receipt/images", data={"receipt": receipt}).status_code == 200
    with transaction() as session:
        assert stored(session) == before
