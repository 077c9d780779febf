"""Redirects that carry their target in a parameter. They count clicks, and some name the recipient of a mail.

Pages of an archive such as web.archive.org, of a translator or of a share dialogue are content and stay.
"""

from collections.abc import Iterator
from typing import NamedTuple

from intake.text.addresses import encodings, targets
from intake.text.addresses.parts import Address

_ANY = "*"


class Redirect(NamedTuple):
    """Path of a redirect, and the parameters that may hold the target. `/x*` is any path that begins with `/x`."""

    path: str
    parameters: tuple[str, ...]


# Hosts, path, parameters. A host includes its subdomains, and `google.*` any national domain.
_ROWS = (
    # Mail programs and mail gateways.
    (
        "safelinks.protection.outlook.com safelinks.protection.office365.us safelinks.protection.outlook.us "
        "safelinks.protection.partner.outlook.cn safelinks.protection.microsoft.com",
        _ANY, "url",
    ),
    ("teams.cdn.office.net teams.microsoft.com teams.cloud.microsoft", "/evergreen-assets/safelinks*", "url"),
    ("outlook.office.com outlook.office365.com outlook.office365.us outlook.live.com outlook.cloud.microsoft", "/mail*", "url"),
    ("linkprotect.cudasvc.com", _ANY, "a"),
    ("clicktime.symantec.com clicktime.cloud.postoffice.net urlsand.esvalabs.com", _ANY, "u"),
    ("protect2.fireeye.com protect.fireeye.com protection.fireeye.com protect2.trellix.com", _ANY, "u"),
    ("checkpoint.url-protection.com", _ANY, "o url"),
    ("scanmail.trustwave.com link.edgepilot.com", _ANY, "u"),
    ("linklock.titanhq.com us.content.exclaimer.net eu.content.exclaimer.net content.exclaimer.net", _ANY, "url"),
    ("click.mail.ru checklink.mail.ru r.mail.ru", _ANY, "u url to q"),
    ("mail.yandex.* sba.yandex.*", _ANY, "url l"),
    ("email.seznam.cz", "/redir*", "to"),
    ("mail.qq.com", "/cgi-bin*", "gourl"),
    ("c.pc.qq.com", _ANY, "pfurl url"),
    # Search engines.
    ("google.*", "/url", "q url"),
    ("google.*", "/imgres", "imgrefurl"),
    ("google.*", "/aclk", "adurl"),
    ("google.*", "/interstitial", "url"),
    ("googleadservices.com", "/pagead*", "adurl"),
    ("adclick.g.doubleclick.net", _ANY, "adurl"),
    ("googleweblight.com", _ANY, "lite_url u"),
    ("youtube.com", "/redirect", "q"),
    ("bing.com", "/newtabredir", "url"),
    ("duckduckgo.com", "/l", "uddg"),
    ("yandex.*", "/clck*", "url u to"),
    ("yandex.*", "/redir*", "url u to"),
    ("yandex.*", "/turbo*", "text"),
    ("go.mail.ru", "/redir", "q url"),
    # Social networks and messengers.
    (
        "l.facebook.com lm.facebook.com l.instagram.com l.threads.com l.threads.net l.messenger.com l.workplace.com l.wl.co",
        _ANY, "u",
    ),
    ("facebook.com", "/l.php", "u"),
    ("facebook.com", "/flx/warn", "u"),
    ("instagram.com", "/linkshim", "u"),
    ("vk.com vk.ru vkontakte.ru livejournal.com dzen.ru", "/away*", "to"),
    ("ok.ru odnoklassniki.ru", "/dk", "st.link"),
    ("out.reddit.com", _ANY, "url"),
    ("linkedin.com", "/safety/go", "url"),
    ("linkedin.com", "/redir*", "url"),
    ("linkedin.com", "/authwall", "sessionredirect"),
    ("twitter.com x.com", "/i/redirect", "url"),
    ("tiktok.com", "/link/v2", "target"),
    ("pinterest.*", "/offsite", "url"),
    ("quora.com", "/_/redirect", "url"),
    ("slack-redir.net", _ANY, "url"),
    ("t.me telegram.me", "/iv", "url"),
    ("t.umblr.com", "/redirect", "z"),
    ("disq.us", "/url", "url"),
    ("steamcommunity.com", "/linkfilter", "u url"),
    ("weibo.cn weibo.com", "/sinaurl", "u toasturl"),
    ("link.zhihu.com link.csdn.net gitee.com link.juejin.cn", _ANY, "target"),
    ("jianshu.com", "/go-wild", "url"),
    ("douban.com", "/link2", "url"),
    ("medium.com", "/r", "url"),
    ("medium.com", "/m/global-identity*", "redirecturl"),
    ("getpocket.com flipboard.com", "/redirect", "url"),
    ("curseforge.com", "/linkout", "remoteurl"),
    ("evernote.com", "/outboundredirect.action", "dest"),
    # Affiliate networks.
    ("go.redirectingat.com go.skimresources.com", _ANY, "url"),
    ("redirect.viglink.com", _ANY, "u"),
    ("awin1.com zenaps.com", _ANY, "ued p"),
    ("linksynergy.com", "/deeplink", "murl"),
)  # fmt: skip

_BY_HOST: dict[str, list[Redirect]] = {}
for _hosts, _path, _parameters in _ROWS:
    for _host in _hosts.split():
        _BY_HOST.setdefault(_host, []).append(Redirect(_path, tuple(_parameters.split())))

# Redirects that newsrooms and mail providers run at hosts of their own: Exchange, Trend Micro, 1&1 Mail & Media.
_EVERYWHERE = (
    (("/owa/redir.aspx", "/exchweb/bin/redir.asp"), "url"),
    (("/wis/clicktime/v1/query",), "url"),
    (("/dereferrer", "/client/dereferrer"), "redirecturl"),
)
_LABEL = ".safelinks."
"""Outlook's redirects for governments and single countries have this label in their hosts."""


def target(address: Address) -> str | None:
    """Address to which a redirect leads, or None if `address` is no known redirect or its target is missing.

    The target may be of any scheme, so the caller must check it.
    """
    special = encodings.target(address)
    if special is not None:
        return special
    return _chosen(address, _redirects(address)) if address.query else None


def is_redirect(address: Address) -> bool:
    """Return whether an address belongs to a redirect, even if its target is missing or cut off."""
    return next(_redirects(address), None) is not None or encodings.is_known(address)


def _redirects(address: Address) -> Iterator[tuple[str, ...]]:
    """Parameters of the redirects at the host and path of an address."""
    path = address.path.lower().rstrip("/")
    for name in address.names:
        for redirect in _BY_HOST.get(name, ()):
            if _matches(redirect.path, path):
                yield redirect.parameters
    for endings, parameter in _EVERYWHERE:
        if path.endswith(endings):
            yield (parameter,)
    if _LABEL in address.host.lower():
        yield ("url",)


def _matches(pattern: str, path: str) -> bool:
    return path.startswith(pattern[:-1]) if pattern.endswith(_ANY) else path == pattern


def _chosen(address: Address, redirects: Iterator[tuple[str, ...]]) -> str | None:
    """First web address in the parameters. If there is none, the first address of another scheme."""
    other = None
    for parameters in redirects:
        values = address.parameters
        for name in parameters:
            found = targets.decoded(values.get(name, ""))
            if found and found[:4].lower() == "http":
                return found
            other = other or found
    return other
