import pytest

from intake.text.addresses import cleaning, redirects
from intake.text.addresses.parts import parse

TARGET = "https://example.org/a?b=1"
QUOTED = "https%3A%2F%2Fexample.org%2Fa%3Fb%3D1"
WRAPPERS = [
    "https://eur01.safelinks.protection.outlook.com/?url={}&data=05%7C01%7Caigul%40example.kz&sdata=x&reserved=0",
    "https://gcc02.safelinks.protection.office365.us/?url={}&data=05",
    "https://new.safelinks.example/?url={}",
    "https://statics.teams.cdn.office.net/evergreen-assets/safelinks/2/atp-safelinks.html?url={}&locale=en",
    "https://outlook.office.com/mail/safelink.html?url={}&corid=x",
    "https://mail.corp.example/owa/redir.aspx?C=abc&URL={}",
    "https://linkprotect.cudasvc.com/url?a={}&c=E,1,x&typo=1",
    "https://clicktime.symantec.com/3xabc/7V?u={}",
    "https://protect2.fireeye.com/v1/url?k=a&q=1&e=b&u={}",
    "https://imsva91-ctp.trendmicro.com:443/wis/clicktime/v1/query?url={}&umid=x",
    "https://deref-gmx.net/mail/client/abc/dereferrer/?redirectUrl={}",
    "https://www.google.com/url?q={}&sa=D&source=docs",
    "https://www.google.com/url?sa=t&q=search+terms&url={}",
    "https://www.google.co.uk/imgres?imgurl=https://x.example/i.png&imgrefurl={}",
    "https://www.googleadservices.com/pagead/aclk?sa=L&adurl={}",
    "https://l.facebook.com/l.php?u={}&h=x",
    "https://lm.facebook.com/l.php?u={}",
    "https://l.instagram.com/?u={}&e=x",
    "https://www.youtube.com/redirect?event=video&q={}",
    "https://vk.com/away.php?to={}&cc_key=",
    "https://ok.ru/dk?cmd=logExternal&st.link={}",
    "https://out.reddit.com/t3_abc?url={}&token=x",
    "https://www.linkedin.com/safety/go?url={}&trk=x",
    "https://www.linkedin.com/redir/redirect?url={}&urlhash=a",
    "https://slack-redir.net/link?url={}",
    "https://duckduckgo.com/l/?uddg={}&rut=1",
    "https://steamcommunity.com/linkfilter/?u={}",
    "https://click.mail.ru/redir?u={}",
    "https://checklink.mail.ru/proxy?es=1&url={}",
    "https://yandex.ru/clck/jsredir?from=x&url={}",
    "https://medium.com/r/?url={}",
    "https://t.me/iv?url={}&rhash=a",
    "https://link.zhihu.com/?target={}",
    "https://t.umblr.com/redirect?z={}&t=x",
]
LEFT = [
    "https://t.co/abc",
    "https://web.archive.org/web/2020/https://example.org/?utm_source=x",
    "https://translate.google.com/translate?u=https://example.org/",
    "https://www.google.com/search?q=https://example.org/",
    "https://example.org/url?q=https://example.com/",
    "https://url.mimecastprotect.com/s/abc?domain=example.org",
    "https://www.google.com/url?q=",
    "https://www.facebook.com/sharer/sharer.php?u=https://example.org/",
]


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize("quoted", [QUOTED, QUOTED.replace("%", "%25"), QUOTED.replace("%", "%2525")])
def test_the_target_is_found(wrapper: str, quoted: str) -> None:
    assert cleaning.clean(wrapper.format(quoted)) == TARGET


@pytest.mark.parametrize("wrapper", WRAPPERS)
def test_escaped_ampersands_part_parameters(wrapper: str) -> None:
    assert cleaning.clean(wrapper.format(QUOTED).replace("&", "&amp;")) == TARGET


@pytest.mark.parametrize("address", LEFT)
def test_content_and_what_cannot_be_unwrapped_stays(address: str) -> None:
    assert cleaning.clean(address) == address


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.google.com/url?q=https%3A%2F%2Fexa", True),
        ("https://x.safelinks.protection.outlook.com/?ur", True),
        ("https://www.google.com/", False),
        ("https://example.org/url", False),
    ],
)
def test_a_redirect_is_known_without_its_target(address: str, *, expected: bool) -> None:
    parsed = parse(address)
    assert parsed is not None
    assert redirects.is_redirect(parsed) is expected


def test_a_target_of_an_unsafe_scheme_is_told() -> None:
    parsed = parse("https://www.google.com/url?q=javascript:alert(1)")
    assert parsed is not None
    assert redirects.target(parsed) == "javascript:alert(1)"
