from dataclasses import dataclass, field

import pytest

from intake.models.account import ROLES, SCOPES
from intake.permissions import ACTIONS, AREAS, CELLS, allows, cell, roles_with, scopes_of


@dataclass
class OneRole:
    name: str


@dataclass
class Holder:
    """Account with roles."""

    roles: list[OneRole] = field(default_factory=list)
    reads_contact: bool = False
    holds_originals: bool = False


def holder(*roles: str, contact: bool = False) -> Holder:
    return Holder([OneRole(name) for name in roles], contact)


def test_the_table_names_only_what_there_is() -> None:
    for row in ACTIONS.values():
        assert row.cells.keys() <= ROLES.keys()
        assert set(row.cells.values()) <= CELLS.keys()
        assert row.scope in {"", *SCOPES}
        assert row.area in AREAS


def test_the_widest_cell_of_several_roles_counts() -> None:
    assert cell(holder("editor"), "submission.read") == "within"
    assert cell(holder("editor", "chief"), "submission.read") == "all"
    assert cell(holder("admin"), "submission.read") == ""
    assert cell(holder(), "account.use") == ""


def test_who_is_not_named_may_not() -> None:
    assert not allows(holder("editor"), "contact.read")
    assert allows(holder("editor", contact=True), "contact.read")
    assert allows(holder("chief"), "contact.read")
    assert not allows(holder("admin", contact=True), "contact.read")


def test_each_action_has_its_own_naming() -> None:
    assert not allows(holder("chief", contact=True), "original.open")
    holding = Holder([OneRole("chief")], holds_originals=True)
    assert cell(holding, "original.open") == "named"
    assert not allows(Holder([OneRole("admin")], holds_originals=True), "original.open")
    assert not allows(Holder([OneRole("editor")], holds_originals=True), "contact.read")


def test_an_action_that_is_not_in_the_table_is_an_error() -> None:
    with pytest.raises(KeyError):
        allows(holder("chief"), "submission.eat")


def test_scopes_follow_from_the_table() -> None:
    assert scopes_of("editor") == scopes_of("chief") == {"read", "write", "decide", "feed"}
    assert scopes_of("admin") == {"admin", "people"}
    assert roles_with("submission.read") == ("editor", "chief")
