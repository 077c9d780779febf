import base64
import smtplib
import socket
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from intake.notifications import mail
from intake.notifications.mail import SUBJECT, Mailer, MailServerUnavailable, compose, parse_smtp_url
from intake.settings import Settings
from tests.post_office import PostOffice, certificate, closed_port, open_post_office, serving

COUNTS = {
    "waiting": 2,
    "overdue": 1,
    "suspicious": 0,
    "claimed": 0,
    "unseen": 3,
    "arrived": 0,
    "assigned": 0,
    "late": 0,
}
ADDRESS = "asel@transom.example"


def by(settings: Settings, url: str) -> Settings:
    return replace(
        settings, smtp_url=url, mail_from="Desk <desk@transom.example>", magazine="Secret Magazine"
    )


def test_a_mail_contains_counts_and_no_contents(app_settings: Settings) -> None:
    message = compose(by(app_settings, ""), ADDRESS, "digest", COUNTS)
    body = message.get_content()
    assert message["Subject"] == SUBJECT == "Transom: something waits for you"
    assert (message["To"], message["Auto-Submitted"]) == (ADDRESS, "auto-generated")
    assert message["Message-ID"].endswith("@transom.example>")
    assert message.get_content_type() == "text/plain"
    assert body.splitlines() == [
        "The desk has at the moment:",
        "",
        "- 2 submissions wait for an editor",
        "- 1 of them is overdue",
        "- 3 notifications for you are unread",
        "",
        f"Open the desk: {app_settings.base_url}/desk/",
        "",
        "To stop these mails, or to choose sections and languages, open the desk and change your settings under your name.",
    ]
    assert "Secret Magazine" not in str(message)


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_no_line_break_reaches_the_head_of_a_mail(app_settings: Settings, end: str) -> None:
    forged = f"{ADDRESS}{end}Bcc: stranger@transom.example"
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        compose(by(app_settings, ""), forged, "digest", COUNTS)
    with pytest.raises(ValueError, match="linefeed or carriage return"):
        compose(replace(by(app_settings, ""), mail_from=forged), ADDRESS, "digest", COUNTS)


@pytest.mark.parametrize(
    ("url", "host", "port", "implicit_tls", "starttls"),
    [
        ("smtp://mail.example.org", "mail.example.org", 587, False, True),
        ("smtps://mail.example.org", "mail.example.org", 465, True, False),
        ("smtp://localhost:25", "localhost", 25, False, False),
        ("smtp://[::1]:25", "::1", 25, False, False),
    ],
)
def test_the_wire_is_encrypted_unless_there_is_none(
    url: str, host: str, port: int, implicit_tls: bool, starttls: bool
) -> None:
    found = parse_smtp_url(url)
    assert (found.host, found.port, found.implicit_tls, found.starttls) == (
        host,
        port,
        implicit_tls,
        starttls,
    )


def test_several_messages_go_over_one_connection(app_settings: Settings, post_office: PostOffice) -> None:
    with Mailer(by(app_settings, f"smtp://me%40x:p%2Fw@127.0.0.1:{post_office.port}")) as post:
        post.send(ADDRESS, "digest", COUNTS)
        post.send("tomas@transom.example", "digest", COUNTS)
    assert [to for to, _ in post_office.mails] == [ADDRESS, "tomas@transom.example"]
    assert post_office.connections == 1
    (login,) = post_office.logins
    assert base64.b64decode(login.split()[-1]) == b"\0me@x\0p/w"


@pytest.mark.parametrize("wrapped", [True, False])
@pytest.mark.parametrize("trusted", [True, False])
def test_only_a_certificate_that_can_be_trusted_is(
    app_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrapped: bool, trusted: bool
) -> None:
    path = certificate(tmp_path)
    monkeypatch.setattr(mail, "LOCAL_HOSTS", frozenset())
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
    scheme = "smtps" if wrapped else "smtp"
    with open_post_office(serving(path), wrapped=wrapped) as office:
        settings = by(app_settings, f"{scheme}://localhost:{office.port}")
        with Mailer(settings) as post:
            if trusted:
                post.send(ADDRESS, "digest", COUNTS)
            else:
                with pytest.raises(MailServerUnavailable) as caught:
                    post.send(ADDRESS, "digest", COUNTS)
                assert isinstance(caught.value.__cause__, ssl.SSLCertVerificationError)
                assert str(caught.value) == "The certificate of the mail server is not trusted."
        assert len(office.mails) == trusted


def test_a_server_without_encryption_gets_nothing(
    app_settings: Settings, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "LOCAL_HOSTS", frozenset())
    settings = by(app_settings, f"smtp://localhost:{post_office.port}")
    with Mailer(settings) as post, pytest.raises(MailServerUnavailable, match="does not offer STARTTLS"):
        post.send(ADDRESS, "digest", COUNTS)
    assert post_office.mails == []


def test_a_server_that_is_away(app_settings: Settings) -> None:
    with (
        Mailer(by(app_settings, f"smtp://127.0.0.1:{closed_port()}")) as post,
        pytest.raises(MailServerUnavailable, match="Nothing answers at the port"),
    ):
        post.send(ADDRESS, "digest", COUNTS)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            smtplib.SMTPAuthenticationError(535, b"CNRYsaid"),
            "The mail server refuses the user name or the password.",
        ),
        (smtplib.SMTPServerDisconnected("CNRYsaid"), "The mail server closes the connection."),
        (smtplib.SMTPConnectError(421, "CNRYsaid"), "The mail server refuses the connection."),
        (ssl.SSLError("CNRYsaid"), "No encryption can be agreed with the mail server."),
        (socket.gaierror(-2, "CNRYsaid"), "There is no mail server with this name."),
        (TimeoutError("CNRYsaid"), "The mail server does not answer in time."),
        (OSError("CNRYsaid"), "The mail server cannot be reached."),
    ],
    ids=lambda value: type(value).__name__,
)
def test_each_cause_is_one_sentence(
    app_settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    def refuse(_server: object) -> None:
        raise error

    monkeypatch.setattr(mail, "_open_connection", refuse)
    with Mailer(by(app_settings, "smtp://127.0.0.1")) as post, pytest.raises(MailServerUnavailable) as caught:
        post.check_connection()
    assert str(caught.value) == said
