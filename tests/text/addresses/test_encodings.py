from base64 import urlsafe_b64encode

import pytest

from intake.text.addresses import cleaning, encodings
from intake.text.addresses.parts import parse

TARGET = "https://example.org/a?b=1"
BASE64 = urlsafe_b64encode(TARGET.encode()).decode().rstrip("=")
QUOTED = "https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"
WRAPPED = [
    f"https://urldefense.proofpoint.com/v1/url?u={QUOTED}&k=abc",
    "https://urldefense.proofpoint.com/v2/url?u=https-3A__example.org_a-3Fb-3D1&d=DwMF&c=a&r=b",
    "https://urldefense.com/v3/__https://example.org/a?b=1__;!!abc!def$",
    "https://urldefense.com/v3/__https:/example.org/a*b=1__;Pw!!abc!def$",
    "https://urldefense.us/v3/__https://example.org/a**A=1__;P2I!!abc!def$",
    f"https://www.bing.com/ck/a?!&&p=abc&u=a1{BASE64}&ntb=1",
    f"https://eu-central-1.protection.sophos.com/?d=example.org&u={BASE64}&i=x",
    f"https://proxy.imgsmail.ru/?e=1&url64={BASE64}",
    f"https://secure-web.cisco.com/1abcDEF/{QUOTED}",
    f"https://safe.menlosecurity.com/{TARGET}",
    "https://click.redditmail.com/CL0/https:%2F%2Fexample.org%2Fa%3Fb=1/1/0100/xyz",
    f"https://protect.checkpoint.com/v2/___{TARGET}___.YXBz",
    f"https://href.li/?{TARGET}",
    f"https://steamcommunity.com/linkfilter/{TARGET}",
    f"http://clck.yandex.ru/redir/dtype=stred/pid=1/*{TARGET}",
    f"https://r.search.yahoo.com/_ylt=A;_ylu=X/RV=2/RE=1/RO=10/RU={QUOTED}/RK=2/RS=a-",
    "https://www.google.com/amp/s/example.org/a?b=1",
    "https://example-org.cdn.ampproject.org/c/s/example.org/a?b=1",
]
PLAIN = [
    "https://urldefense.com/v3/__https://example.org/a",
    "https://urldefense.com/v3/__https://example.org/a__;\u00e9!!a$",
    "https://www.bing.com/ck/a?u=a1%20&a=1",
    "https://www.bing.com/search?q=a1",
    "https://www.google.com/amp/search",
    "https://steamcommunity.com/app/1",
    "https://secure-web.cisco.com/?x=/https://example.org",
    "https://r.search.yahoo.com/RU=",
]


@pytest.mark.parametrize("wrapped", WRAPPED)
def test_the_target_is_found(wrapped: str) -> None:
    assert cleaning.clean(wrapped) == TARGET


@pytest.mark.parametrize("plain", PLAIN)
def test_an_address_without_target_stays(plain: str) -> None:
    assert cleaning.clean(plain) == plain


def test_a_host_with_other_pages_is_not_known_as_redirect() -> None:
    for address, known in (("https://urldefense.com/v3/x", True), ("https://www.bing.com/x", False)):
        parsed = parse(address)
        assert parsed is not None
        assert encodings.is_known(parsed) is known
