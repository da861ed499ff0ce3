"""What a person agrees to: given, and taken back as easily."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext as _

from bandeng.kit.act import action
from bandeng.kit.errors import Refused
from bandeng.people.models import Consent, ConsentText, Person, Purpose
from bandeng.trail.actions import record
from bandeng.trail.models import Thread


class NotGiven(Refused):
    """Only what was given, and not yet taken back, can be taken back."""


@action
def publish_consent_text(
    *, purpose: Purpose, text_zh: str, text_en: str, by: UUID, at: datetime
) -> ConsentText:
    """Publish the next version of a text; whoever agreed to an older one agreed to that."""
    versions = ConsentText.objects.filter(purpose=purpose)
    last = versions.aggregate(last=Max("version"))["last"] or 0
    text = ConsentText.objects.create(
        purpose=purpose,
        version=last + 1,
        text_zh=text_zh,
        text_en=text_en,
        published_at=at,
        thread=Thread.objects.create(),
    )
    record(
        thread=text.thread,
        verb="consent_text.published",
        by=by,
        subject=text.token,
        at=at,
        public={"purpose": purpose, "version": text.version},
    )
    return text


@action
def give_consent(*, person: Person, text: ConsentText, by: UUID, at: datetime) -> Consent:
    """Agree to a text in this version; agreeing twice is agreeing once."""
    consent, _new = Consent.objects.get_or_create(
        person=person, text=text, withdrawn_at=None, defaults={"given_at": at}
    )
    record(
        thread=person.thread,
        verb="consent.given",
        by=by,
        subject=person.token,
        at=at,
        public={"purpose": text.purpose, "version": text.version},
    )
    return consent


@action
def withdraw_consent(*, person: Person, purpose: Purpose, by: UUID, at: datetime) -> None:
    """Take back what was agreed to for a purpose, whatever its version.

    Raises:
        NotGiven: there is nothing to take back.
    Source: 个人信息保护法 art. 15.
    """
    given = Consent.objects.filter(person=person, text__purpose=purpose, withdrawn_at=None)
    if not given.update(withdrawn_at=at):
        raise NotGiven(_("You have not agreed to this, or have already taken it back."))
    record(
        thread=person.thread,
        verb="consent.withdrawn",
        by=by,
        subject=person.token,
        at=at,
        public={"purpose": purpose},
    )
