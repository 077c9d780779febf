import pytest

from intake.documents import addresses


@pytest.mark.parametrize(
    "target", ["https://example.org/a", " HTTP://example.org", "mailto:desk@example.org"]
)
def test_web_and_mail_addresses_stay(target: str) -> None:
    assert addresses.web(target) == target.strip()


@pytest.mark.parametrize(
    "target",
    [
        "file:///C:/Users/name/x",
        "\\\\server\\share",
        "javascript:alert(1)",
        "x.docx",
        "",
        "https://",
        "https://" + "a" * 9999,
    ],
)
def test_other_targets_do_not(target: str) -> None:
    assert addresses.web(target) is None


def test_anchors_are_told_from_files() -> None:
    assert addresses.is_anchor("#place")
    assert addresses.is_anchor(" ")
    assert not addresses.is_anchor("file:///x")
