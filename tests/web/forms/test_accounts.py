from intake.models.account import DESK_SCOPES
from intake.web import Transom
from intake.web.forms.accounts import TokenForm


def test_every_scope_can_be_chosen_and_none_is_chosen_before(app: Transom) -> None:
    with app.test_request_context():
        form = TokenForm(formdata=None)
        assert {option.data: option.label.text for option in form.scopes} == DESK_SCOPES
        assert not any(option.checked for option in form.scopes)
