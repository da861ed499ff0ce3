"""At the door: sign up, prove a number, choose another password. Signing in is allauth's."""

from allauth.account import views as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import (
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bandeng.kit.errors import Refused
from bandeng.kit.views import FormPage
from bandeng.people import actions, codes, reads
from bandeng.people.forms import door as forms
from bandeng.people.models import Person, Purpose
from bandeng.people.parameters import FRESH_CODE
from bandeng.people.sending import NotSent, send_code
from bandeng.people.views.signed_in import SignedIn
from bandeng.post.actions import drop_address, set_address
from bandeng.post.models import Channel
from bandeng.trail.rules import HOUSE

SIGN_UP, PHONE, EMAIL = "sign_up", "phone", "email"


class EnterCode(allauth.ConfirmLoginCodeView):
    """The page for the code that came; a wrong one counts as a failed sign-in."""

    def form_invalid(self, form):
        """Count, then say so."""
        get_adapter(self.request).note_failure(self.request, self._process.state["phone"])
        return super().form_invalid(form)


class Beginning(FormPage):
    """The beginning of something that a code ends; it is sent to what is typed."""

    then = ""

    def next_url(self):
        """Lead to the page for the code."""
        return reverse(self.then)


class Proof(FormPage):
    """The code that came: whoever holds the number or address has proved it."""

    form_class = forms.Code
    template_name = "people/code.html"
    title, button = gettext_lazy("Enter the code"), gettext_lazy("Confirm")
    purpose = ""

    def waiting(self):
        """Give what waits for this code."""
        return codes.waiting(session=self.request.session, purpose=self.purpose)

    def elsewhere(self):
        """Begin again if nothing waits."""
        return "" if self.waiting() else self.back_url()

    def get_context_data(self, **kwargs):
        """Say where the code went."""
        pending = self.waiting()
        return super().get_context_data(target=pending and pending.target, **kwargs)

    def next_url(self):
        """Lead to the account."""
        return reverse("people:account")

    def take(self, pending, *, at):
        """Call the one action, now that it is proved."""
        raise NotImplementedError

    def act(self, data):
        """Take it; what can no longer be done begins again."""
        try:
            pending = redeem(self.request, self.purpose, data["code"])
            return self.take(pending, at=timezone.now())
        except codes.WrongCode:
            raise
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            self.done = ""
            return HttpResponseRedirect(self.back_url())


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignUp(Beginning):
    """Name, number and consent; the account is opened when the code comes back."""

    form_class = forms.SignUp
    template_name = "people/sign_up.html"
    title, button = gettext_lazy("Open an account"), gettext_lazy("Send code")
    intro = gettext_lazy(
        "You can report and follow a report without one. With an account you see all of "
        "yours in one place."
    )
    then = "people:sign-up-code"

    def elsewhere(self):
        """Send whoever is in already to their account."""
        return reverse("people:account") if self.request.user.is_authenticated else ""

    def get_form_kwargs(self):
        """Add the text that one agrees to."""
        text = reads.consent_text(purpose=Purpose.ACCOUNT)
        return super().get_form_kwargs() | {"text": text.in_words(get_language())}

    def act(self, data):
        """Send a code, whether or not the number has an account."""
        hashed = make_password(data["password"]) if data["password"] else ""
        text = reads.consent_text(purpose=Purpose.ACCOUNT)
        kept = {"name": data["name"], "password_hash": hashed, "text": text.pk}
        send(self.request, SIGN_UP, data["phone"], kept)


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class SignUpCode(Proof):
    """Whoever holds the number is let in, with a new account or theirs."""

    purpose, back = SIGN_UP, "account_signup"

    def take(self, pending, *, at):
        """Open the account, or take whose number it is by their word; then sign in."""
        person = Person.objects.signs_in_by(pending.target) or self._open(pending, at)
        record_authentication(self.request, person, method="code", phone=pending.target)
        return perform_login(self.request, Login(user=person, signup=True))

    def _open(self, pending, at):
        data = pending.data
        return actions.sign_up(
            name=data["name"],
            phone=pending.target,
            password_hash=data["password_hash"],
            text=reads.consent_text_by_id(pk=data["text"]),
            language=get_language() or "",
            by=HOUSE,
            at=at,
        )


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePassword(FormPage):
    """Another password; every other session ends."""

    request: SignedIn
    form_class = forms.ChangePassword
    title = button = gettext_lazy("Change password")
    intro = gettext_lazy("Wherever else you are signed in, you will be signed out.")
    done = gettext_lazy("Your password has been changed.")
    back = "people:account"

    def get_form_kwargs(self):
        """Ask for the old one, unless there is none or the number was proved just now."""
        person = self.request.user
        needs_old = person.has_password and not self._came_by_code_just_now()
        return super().get_form_kwargs() | {"person": person, "needs_old": needs_old}

    def act(self, data):
        """Change it, and keep this one session."""
        person = self.request.user
        now = timezone.now()
        actions.change_password(person=person, password=data["new"], by=person.token, at=now)
        update_session_auth_hash(self.request, person)

    def _came_by_code_just_now(self):
        oldest = timezone.now().timestamp() - FRESH_CODE.total_seconds()
        records = get_authentication_records(self.request, self.request.user)
        return any(r["method"] == "code" and r["at"] >= oldest for r in records)


class ChangePhone(Beginning):
    """Another number to sign in by: first the number, then its code."""

    form_class = forms.Phone
    title, button = gettext_lazy("Change phone number"), gettext_lazy("Send code")
    intro = gettext_lazy("A code is sent to the new number.")
    back, then = "people:account", "people:phone-code"

    def act(self, data):
        """Send the code."""
        send(self.request, PHONE, data["phone"], {})


class PhoneCode(Proof):
    """The code that came to the new number."""

    request: SignedIn
    purpose, back = PHONE, "people:phone"
    done = gettext_lazy("You now sign in by this number.")

    def take(self, pending, *, at):
        """Take the number."""
        person = self.request.user
        actions.verify_phone(person=person, phone=pending.target, by=person.token, at=at)


class ChangeEmail(Beginning):
    """An e-mail address to be told things at: first the address, then its code."""

    request: SignedIn
    form_class = forms.Email
    title, button = gettext_lazy("E-mail address"), gettext_lazy("Continue")
    intro = gettext_lazy("What is told to you here also comes by e-mail.")
    back, then = "people:account", "people:email-code"

    def act(self, data):
        """Send the code, or forget the address."""
        if data["address"]:
            send(self.request, EMAIL, data["address"], {}, channel=Channel.EMAIL)
            return None
        drop_address(**email_of(self.request.user), at=timezone.now())
        messages.success(self.request, _("No more e-mails are sent to you."))
        return HttpResponseRedirect(self.back_url())


class EmailCode(Proof):
    """The code that came to the address."""

    request: SignedIn
    purpose, back = EMAIL, "people:email"
    done = gettext_lazy("From now on you are also told by e-mail.")

    def take(self, pending, *, at):
        """Take the address."""
        set_address(**email_of(self.request.user), value=pending.target, verified=True, at=at)


def email_of(person):
    """Give whose address it is, and who changes it: the person."""
    return {
        "owner": person.token, "channel": Channel.EMAIL, "thread": person.thread,
        "by": person.token,
    }  # fmt: skip


def send(request, purpose, to, data, *, channel=Channel.SMS):
    """Count the request, put it on hold, and send the code.

    Raises:
        NotSent: codes enough for this number or network, or none can be sent now.
    """
    try:
        get_adapter(request).clean_code_request(to, channel=channel)
    except ValidationError as enough:
        raise NotSent(enough.messages[0]) from enough
    code = codes.start(
        session=request.session, purpose=purpose, target=to, data=data, at=timezone.now()
    )
    send_code(to=to, code=code, channel=channel)


def redeem(request, purpose, code):
    """Give what waited for this code; a wrong one counts as a failed sign-in."""
    pending = codes.waiting(session=request.session, purpose=purpose)
    try:
        return codes.redeem(session=request.session, purpose=purpose, code=code, at=timezone.now())
    except Refused:
        get_adapter(request).note_failure(request, pending.target if pending else "")
        raise
