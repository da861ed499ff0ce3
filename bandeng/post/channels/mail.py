"""E-mail by SMTP (RFC 5321)."""

import smtplib
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from bandeng.post.channels.letter import Letter, Refusal, Trouble, Unreachable
from bandeng.post.parameters import TIMEOUT

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
PERMANENT = 500  # reply codes from here on; RFC 5321, 4.2.1


class MailSender:
    """Talks to the server of one URL, over one connection until `close`.

    smtp://host[:port], smtp+starttls://user:password@host, smtps://user:password@host;
    with TLS the server's certificate must be valid.
    """

    def __init__(self, *, url: str, writer: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ImproperlyConfigured(f"BANDENG_SMTP_URL: {sorted(PORTS)}, then ://host")
        self.writer = writer or f"bandeng@{parts.hostname}"
        self.backend = EmailBackend(
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            username=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            use_tls=parts.scheme == "smtp+starttls",
            use_ssl=parts.scheme == "smtps",
            timeout=TIMEOUT,
        )

    def send(self, *, letter: Letter) -> None:
        """Hand over one letter; what the server answers decides whether to try again."""
        message = EmailMessage(
            letter.subject,
            letter.text,
            self.writer,
            [letter.to],
            headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated"},
        )
        try:
            self.backend.open()
            self.backend.send_messages([message])
        except smtplib.SMTPRecipientsRefused as refused:
            code, said = next(iter(refused.recipients.values()))
            raise _answer(code=code, said=said) from None
        except smtplib.SMTPDataError as refused:
            raise _answer(code=refused.smtp_code, said=refused.smtp_error) from None
        except OSError as broken:  # smtplib's other errors are OSErrors too
            self.close()
            raise Unreachable(f"{type(broken).__name__}: {broken}") from None

    def close(self) -> None:
        """Say goodbye, if the server still listens."""
        try:
            self.backend.close()
        except OSError:
            self.backend.connection = None


def _answer(*, code: int, said: bytes | str) -> Refusal | Trouble:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return (Refusal if code >= PERMANENT else Trouble)(f"{code} {text}")
