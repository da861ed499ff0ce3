"""What allauth asks of us: whose number this is, how a code reaches it, who may try again."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bandeng.kit.context import ELDER_COOKIE
from bandeng.kit.crypto import keyed_hash
from bandeng.people import actions, codes, reads
from bandeng.people.forms.fields import PhoneField
from bandeng.people.models import Knock, Person
from bandeng.people.sending import NotSent, available, send_code, unavailable
from bandeng.people.sessions import set_expiry
from bandeng.post.models import Channel

logger = logging.getLogger("bandeng.sign_in")
COOKIE_AGE = 365 * 24 * 3600  # seconds


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Phones instead of user names; known and unknown numbers get the same answers."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "phone_password_mismatch": _("Phone number or password is not right."),
        "incorrect_code": codes.WRONG,
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries. Please wait a quarter of an hour."),
        "rate_limited": _("Too many tries. Please wait a little."),
    }

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        """Read numbers as people type them."""
        return PhoneField(mobile=True, **kwargs)

    def get_user_by_phone(self, phone: str) -> Person | None:
        """Find whoever signs in by this number."""
        return Person.objects.signs_in_by(phone)

    def get_phone(self, user: Person) -> tuple[str, bool] | None:
        """Give the number and whether it is verified."""
        return (user.phone, bool(user.phone_verified_at)) if user.phone else None

    def set_phone(self, user: Person, phone: str, verified: bool) -> None:
        """Refuse: a number is only ever set by its proof."""
        raise NotImplementedError("people.actions.verify_phone sets a number")

    def set_phone_verified(self, user: Person, phone: str) -> None:
        """Have nothing to do: codes only go to verified numbers."""

    def generate_login_code(self) -> str:
        """Draw a code."""
        return codes.new_code()

    def generate_phone_verification_code(self, *, user: Person, phone: str) -> str:
        """Draw a code."""
        return codes.new_code()

    def send_verification_code_sms(self, user: Person, phone: str, code: str, **kw: Any) -> None:
        """Send the code; whether that worked is not told, for it would tell of the account."""
        try:
            send_code(to=phone, code=code)
        except NotSent:
            logger.exception("a code could not be sent")

    def send_unknown_account_sms(self, phone: str, **kwargs: Any) -> None:
        """Send strangers nothing: the page says the same for every number."""

    def send_account_already_exists_sms(self, phone: str, **kwargs: Any) -> None:
        """Have nothing to send: signing up with a known number signs in."""

    def clean_code_request(self, phone: str, channel: Channel = Channel.SMS) -> str:
        """Count a request for a code; refuse when there were enough."""
        if not available(channel=channel):
            raise ValidationError(unavailable(channel=channel))
        address, now = self.get_client_ip(self.request), timezone.now()
        if reads.has_codes_enough(phone=phone, address=address, at=now):
            raise self.validation_error("too_many_login_attempts")
        actions.count_attempt(phone=phone, address=address, kind=Knock.CODE, at=now)
        return phone

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Lock the door after too many failures, for every process and every machine."""
        phone, address = credentials.get("phone", ""), self.get_client_ip(request)
        if reads.is_locked(phone=phone, address=address, at=timezone.now()):
            raise self.validation_error("too_many_login_attempts")

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Remember a failure; the log names nobody."""
        self.note_failure(request, credentials.get("phone", ""))

    def note_failure(self, request: HttpRequest, phone: str) -> None:
        """Count a wrong password or code."""
        address = self.get_client_ip(request)
        actions.count_attempt(phone=phone, address=address, kind=Knock.FAILED, at=timezone.now())
        number = keyed_hash(text=phone, context="phone").hex()[:16]
        logger.warning("sign-in failed for number %s from %s", number, address)

    def post_login(self, request: HttpRequest, user: Person, **kwargs: Any) -> HttpResponse:
        """Note the sign-in, and take the account's language and print size along."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        methods = request.session.get("account_authentication_methods", [])
        how = methods[-1]["method"] if methods else "code"
        actions.note_sign_in(person=user, how=how, by=user.token, at=timezone.now())
        set_expiry(request=request)
        apply_preferences(response=response, person=user)
        return response


def apply_preferences(*, response: HttpResponse, person: Person) -> None:
    """Let this browser show pages as the account says."""
    chosen = {ELDER_COOKIE: "1" if person.elder_mode else ""}
    chosen[settings.LANGUAGE_COOKIE_NAME] = person.language
    for cookie, value in chosen.items():
        if value:
            response.set_cookie(
                cookie, value, COOKIE_AGE, samesite="Lax", secure=settings.SECURE, httponly=True
            )
