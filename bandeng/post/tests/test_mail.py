"""E-mail against a real server on this machine."""

import socket
import ssl
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from ipaddress import ip_address
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.exceptions import ImproperlyConfigured

from bandeng.post.actions import deliver_next, set_address, tell
from bandeng.post.channels import sender
from bandeng.post.channels.mail import MailSender
from bandeng.post.models import Channel, Delivery, DeliveryState
from bandeng.trail.models import Thread
from bandeng.trail.rules import HOUSE
from tests.world import NOW

pytestmark = pytest.mark.django_db
LOOPBACK = "127.0.0.1"


class Mailbox:
    """Takes letters, except to those whom it does not know or cannot take now."""

    def __init__(self):
        self.letters, self.recipients = [], []

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        if address.startswith("unknown"):
            return f"550 5.1.1 <{address}>: no such mailbox"
        if address.startswith("full"):
            return "452 4.2.2 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if b"SPAM" in envelope.content:
            return "554 5.7.1 not wanted"
        self.recipients += envelope.rcpt_tos
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


def _serving(**how):
    with socket.create_server((LOOPBACK, 0)) as free:
        port = free.getsockname()[1]
    controller = Controller(Mailbox(), hostname=LOOPBACK, port=port, **how)
    controller.start()
    return controller


@pytest.fixture
def mailserver(settings):
    controller = _serving()
    settings.BANDENG_SMTP_URL = f"smtp://{LOOPBACK}:{controller.port}"
    settings.BANDENG_MAIL_FROM = "板凳 <bench@example.org>"
    yield controller
    if controller.server:
        controller.stop(no_assert=True)


def _tell(to, subject="已办结", body="请评价。"):
    recipient = uuid4()
    set_address(owner=recipient, channel=Channel.EMAIL, value=to, verified=True,
                thread=Thread.objects.create(), by=HOUSE, at=NOW)  # fmt: skip
    message = tell(recipient=recipient, subject=subject, body=body, link="/cases/1/",
                   channels=[Channel.EMAIL], by=HOUSE, at=NOW)  # fmt: skip
    return message.deliveries.get()


def _open():
    opened = sender(channel=Channel.EMAIL)
    assert isinstance(opened, MailSender)
    return opened


def _try(delivery, at=NOW):
    out = sender(channel=Channel.EMAIL)
    try:
        attempt = deliver_next(channel=Channel.EMAIL, sender=out, at=at)
    finally:
        if out:
            out.close()
    return attempt, Delivery.objects.get(pk=delivery.pk)


def test_a_letter_arrives_whole(mailserver):
    _attempt, delivery = _try(_tell("reader@example.org"))
    (letter,) = mailserver.handler.letters
    assert delivery.state == DeliveryState.SENT
    assert mailserver.handler.recipients == ["reader@example.org"]
    assert letter["Subject"] == "已办结"
    assert letter["From"].addresses[0].display_name == "板凳"
    assert letter["Message-ID"] == f"<{delivery.message.token}@localhost>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content().rstrip() == "请评价。\r\n\r\nhttp://localhost:8000/cases/1/"


def test_several_letters_go_over_one_connection(mailserver):
    deliveries = [_tell(f"reader{n}@example.org") for n in range(3)]
    out = _open()
    out.backend.open()
    line = out.backend.connection
    for _each in deliveries:
        deliver_next(channel=Channel.EMAIL, sender=out, at=NOW)
    assert out.backend.connection is line
    assert len(mailserver.handler.letters) == 3
    out.close()


def test_an_unknown_recipient_is_given_up_and_the_next_letter_still_goes(mailserver):
    unknown, other = _tell("unknown@example.org"), _tell("reader@example.org")
    out = _open()
    for _each in range(2):
        attempt = deliver_next(channel=Channel.EMAIL, sender=out, at=NOW)
        assert attempt
        assert attempt.reachable
    out.close()
    unknown, other = (Delivery.objects.get(pk=d.pk) for d in (unknown, other))
    assert (unknown.state, other.state) == (DeliveryState.GAVE_UP, DeliveryState.SENT)
    assert unknown.last_error == "550 5.1.1 <…>: no such mailbox"


def test_a_full_mailbox_is_tried_again(mailserver):
    attempt, delivery = _try(_tell("full@example.org"))
    assert attempt.reachable
    assert (delivery.state, delivery.due_at) == (DeliveryState.QUEUED, NOW + timedelta(seconds=30))


def test_a_letter_that_is_not_wanted_is_given_up(mailserver):
    _attempt, delivery = _try(_tell("reader@example.org", subject="SPAM"))
    assert (delivery.state, delivery.last_error) == (DeliveryState.GAVE_UP, "554 5.7.1 not wanted")


def test_a_server_that_is_down_gets_the_letter_when_it_is_up(mailserver, settings):
    mailserver.stop()
    attempt, delivery = _try(_tell("reader@example.org"))
    assert not attempt.reachable
    assert (delivery.state, delivery.attempts) == (DeliveryState.QUEUED, 1)
    assert "Refused" in delivery.last_error
    again = _serving()
    settings.BANDENG_SMTP_URL = f"smtp://{LOOPBACK}:{again.port}"
    assert _try(delivery)[0] is None  # not yet due
    attempt, delivery = _try(delivery, at=delivery.due_at)
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 2)
    assert again.handler.letters[0]["Message-ID"] == f"<{delivery.message.token}@localhost>"
    again.stop()


def test_a_server_that_hangs_up_in_the_middle_is_unreachable(mailserver):
    async def hang_up(server, session, envelope, address, options):
        server.transport.close()
        return "250 OK"

    mailserver.handler.handle_RCPT = hang_up
    attempt, delivery = _try(_tell("reader@example.org"))
    assert (attempt.reachable, delivery.state) == (False, DeliveryState.QUEUED)


@pytest.fixture
def certificate(tmp_path):
    """One for 127.0.0.1, signed by itself; where it lies, and its server's context."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, LOOPBACK)])
    now = datetime.now(UTC)  # noqa: TID251
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address(LOOPBACK))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = tmp_path / "certificate.pem"
    file.write_bytes(signed.public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(file)
    return file, context


def _knock(server, session, envelope, mechanism, given):
    return AuthResult(success=(given.login, given.password) == (b"bench", b"p:w/d"), handled=False)


def _secured(scheme, context, settings, password="p%3Aw%2Fd"):
    if scheme == "smtps":  # the server does not see that its line is already secured
        how = {"ssl_context": context, "auth_require_tls": False}
    else:
        how = {"tls_context": context, "require_starttls": True, "auth_required": True}
    controller = _serving(authenticator=_knock, **how)
    settings.BANDENG_SMTP_URL = f"{scheme}://bench:{password}@{LOOPBACK}:{controller.port}"
    return controller


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_over_tls_with_a_password(settings, monkeypatch, certificate, scheme):
    file, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    controller = _secured(scheme, context, settings)
    _attempt, delivery = _try(_tell("reader@example.org"))
    controller.stop(no_assert=True)
    assert (delivery.state, delivery.last_error) == (DeliveryState.SENT, "")
    assert len(controller.handler.letters) == 1


@pytest.mark.parametrize("scheme", ["smtp+starttls", "smtps"])
def test_a_certificate_that_nobody_vouches_for_gets_no_letter(settings, certificate, scheme):
    controller = _secured(scheme, certificate[1], settings)
    attempt, delivery = _try(_tell("reader@example.org"))
    controller.stop(no_assert=True)
    assert not attempt.reachable
    assert "CERTIFICATE_VERIFY_FAILED" in delivery.last_error
    assert controller.handler.letters == []


def test_a_wrong_password_is_the_channels_trouble_not_the_letters(
    settings, monkeypatch, certificate
):
    file, context = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    controller = _secured("smtp+starttls", context, settings, password="wrong")
    attempt, delivery = _try(_tell("reader@example.org"))
    controller.stop(no_assert=True)
    assert (attempt.reachable, delivery.state) == (False, DeliveryState.QUEUED)
    assert "535" in delivery.last_error


def test_no_server_configured(settings):
    settings.BANDENG_SMTP_URL = ""
    _attempt, delivery = _try(_tell("reader@example.org"))
    assert delivery.state == DeliveryState.NOT_CONFIGURED


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://"])
def test_a_wrong_address_of_the_server_is_told(settings, url):
    settings.BANDENG_SMTP_URL = url
    with pytest.raises(ImproperlyConfigured, match="BANDENG_SMTP_URL"):
        sender(channel=Channel.EMAIL)
