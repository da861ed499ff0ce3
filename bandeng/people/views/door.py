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
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from bandeng.kit.errors import Refused
from bandeng.people import actions, codes, reads
from bandeng.people.forms import door as forms
from bandeng.people.models import Person, Purpose
from bandeng.people.parameters import FRESH_CODE
from bandeng.people.sending import NotSent, send_code
from bandeng.people.views.pages import FormPage
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


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class SignUp(FormPage):
    """Name, number and consent; the account is opened when the code comes back."""

    form_class = forms.SignUp
    template_name = "people/sign_up.html"
    extra_context = {
        "title": gettext_lazy("Open an account"),
        "intro": gettext_lazy(
            "You can report and follow a report without one. With an account you see all of "
            "yours in one place."
        ),
        "button": gettext_lazy("Send code"),
    }

    def elsewhere(self):
        """Send whoever is in already to their account."""
        return reverse("people:account") if self.request.user.is_authenticated else ""

    def get_form_kwargs(self):
        """Add the text that one agrees to."""
        text = reads.consent_text(purpose=Purpose.ACCOUNT)
        return super().get_form_kwargs() | {"text": text.in_words(get_language())}

    def form_valid(self, form):
        """Send a code, whether or not the number has an account."""
        given = form.cleaned_data
        hashed = make_password(given["password"]) if given["password"] else ""
        data = {"name": given["name"], "password_hash": hashed}
        text = reads.consent_text(purpose=Purpose.ACCOUNT)
        try:
            send(self.request, SIGN_UP, given["phone"], data | {"text": text.pk})
        except ValidationError as refusal:
            form.add_error("phone", refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("people:sign-up-code"))


@method_decorator(login_not_required, name="dispatch")
@method_decorator(never_cache, name="dispatch")
class SignUpCode(FormPage):
    """The code that came: whoever holds the number is let in, with a new account or theirs."""

    form_class = forms.Code
    template_name = "people/code.html"

    def elsewhere(self):
        """Begin again if nothing waits."""
        waits = codes.waiting(session=self.request.session, purpose=SIGN_UP)
        return "" if waits else reverse("account_signup")

    def get_context_data(self, **kwargs):
        """Say where the code went."""
        pending = codes.waiting(session=self.request.session, purpose=SIGN_UP)
        words = {"target": pending and pending.target, "again_url": reverse("account_signup")}
        return super().get_context_data(**words, **kwargs)

    def form_valid(self, form):
        """Open the account, or take whose number it is by their word; then sign in."""
        try:
            pending = redeem(self.request, SIGN_UP, form.cleaned_data["code"])
            person = Person.objects.signs_in_by(pending.target) or self._open(pending)
        except codes.CodeOver as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(reverse("account_signup"))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        record_authentication(self.request, person, method="code", phone=pending.target)
        return perform_login(self.request, Login(user=person, signup=True))

    def _open(self, pending):
        data = pending.data
        return actions.sign_up(
            name=data["name"],
            phone=pending.target,
            password_hash=data["password_hash"],
            text=reads.consent_text_by_id(pk=data["text"]),
            language=get_language() or "",
            by=HOUSE,
            at=timezone.now(),
        )


@method_decorator(never_cache, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class ChangePassword(FormPage):
    """Another password; every other session ends."""

    request: SignedIn
    form_class = forms.ChangePassword
    template_name = "kit/action.html"
    extra_context = {
        "title": gettext_lazy("Change password"),
        "intro": gettext_lazy("Wherever else you are signed in, you will be signed out."),
        "button": gettext_lazy("Change password"),
    }

    def get_form_kwargs(self):
        """Ask for the old one, unless there is none or the number was proved just now."""
        person = self.request.user
        needs_old = person.has_password and not self._came_by_code_just_now()
        return super().get_form_kwargs() | {"person": person, "needs_old": needs_old}

    def get_context_data(self, **kwargs):
        """Lead back to the account."""
        return super().get_context_data(back_url=reverse("people:account"), **kwargs)

    def form_valid(self, form):
        """Change it, and keep this one session."""
        person, new = self.request.user, form.cleaned_data["new"]
        actions.change_password(person=person, password=new, by=person.token, at=timezone.now())
        update_session_auth_hash(self.request, person)
        messages.success(self.request, _("Your password has been changed."))
        return HttpResponseRedirect(reverse("people:account"))

    def _came_by_code_just_now(self):
        oldest = timezone.now().timestamp() - FRESH_CODE.total_seconds()
        records = get_authentication_records(self.request, self.request.user)
        return any(r["method"] == "code" and r["at"] >= oldest for r in records)


class ChangePhone(FormPage):
    """Another number to sign in by: first the number, then its code."""

    request: SignedIn
    form_class = forms.Phone
    template_name = "kit/action.html"
    extra_context = {
        "title": gettext_lazy("Change phone number"),
        "intro": gettext_lazy("A code is sent to the new number."),
        "button": gettext_lazy("Send code"),
    }

    def get_context_data(self, **kwargs):
        """Lead back to the account."""
        return super().get_context_data(back_url=reverse("people:account"), **kwargs)

    def form_valid(self, form):
        """Send the code."""
        try:
            send(self.request, PHONE, form.cleaned_data["phone"], {})
        except ValidationError as refusal:
            form.add_error("phone", refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("people:phone-code"))


class ChangeEmail(FormPage):
    """An e-mail address to be told things at: first the address, then its code."""

    request: SignedIn
    form_class = forms.Email
    template_name = "kit/action.html"
    extra_context = {
        "title": gettext_lazy("E-mail address"),
        "intro": gettext_lazy("What is told to you here also comes by e-mail."),
        "button": gettext_lazy("Continue"),
    }

    def get_context_data(self, **kwargs):
        """Lead back to the account."""
        return super().get_context_data(back_url=reverse("people:account"), **kwargs)

    def form_valid(self, form):
        """Send the code, or forget the address."""
        person, address = self.request.user, form.cleaned_data["address"]
        if not address:
            return self._forget(person)
        try:
            send(self.request, EMAIL, address, {}, channel=Channel.EMAIL)
        except ValidationError as refusal:
            form.add_error("address", refusal)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("people:email-code"))

    def _forget(self, person):
        try:
            drop_address(
                owner=person.token, channel=Channel.EMAIL, thread=person.thread, by=person.token,
                at=timezone.now(),
            )  # fmt: skip
        except Refused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, _("No more e-mails are sent to you."))
        return HttpResponseRedirect(reverse("people:account"))


class Proof(FormPage):
    """The code that came to a new number or address."""

    request: SignedIn
    form_class = forms.Code
    template_name = "people/code.html"
    purpose = ""
    again = ""
    done: str | Promise = ""

    def elsewhere(self):
        """Begin again if nothing waits."""
        waits = codes.waiting(session=self.request.session, purpose=self.purpose)
        return "" if waits else reverse(self.again)

    def get_context_data(self, **kwargs):
        """Say where the code went."""
        pending = codes.waiting(session=self.request.session, purpose=self.purpose)
        words = {"target": pending and pending.target, "again_url": reverse(self.again)}
        return super().get_context_data(**words, **kwargs)

    def take(self, *, target, by, at):
        """Call the one action."""
        raise NotImplementedError

    def form_valid(self, form):
        """Take it, now that it is proved."""
        try:
            pending = redeem(self.request, self.purpose, form.cleaned_data["code"])
            self.take(target=pending.target, by=self.request.user.token, at=timezone.now())
        except codes.WrongCode as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(reverse(self.again))
        messages.success(self.request, str(self.done))
        return HttpResponseRedirect(reverse("people:account"))


class PhoneCode(Proof):
    """The code that came to the new number."""

    purpose, again = PHONE, "people:phone"
    done = gettext_lazy("You now sign in by this number.")

    def take(self, *, target, by, at):
        """Take the number."""
        actions.verify_phone(person=self.request.user, phone=target, by=by, at=at)


class EmailCode(Proof):
    """The code that came to the address."""

    purpose, again = EMAIL, "people:email"
    done = gettext_lazy("From now on you are also told by e-mail.")

    def take(self, *, target, by, at):
        """Take the address."""
        person = self.request.user
        set_address(
            owner=person.token, channel=Channel.EMAIL, value=target, verified=True,
            thread=person.thread, by=by, at=at,
        )  # fmt: skip


def send(request, purpose, to, data, *, channel=Channel.SMS):
    """Count the request, put it on hold, and send the code.

    Raises:
        ValidationError: codes enough for this number or network, or none can be sent now.
    """
    get_adapter(request).clean_code_request(to, channel=channel)
    code = codes.start(
        session=request.session, purpose=purpose, target=to, data=data, at=timezone.now()
    )
    try:
        send_code(to=to, code=code, channel=channel)
    except NotSent as trouble:
        raise ValidationError(str(trouble)) from trouble


def redeem(request, purpose, code):
    """Give what waited for this code; a wrong one counts as a failed sign-in."""
    pending = codes.waiting(session=request.session, purpose=purpose)
    try:
        return codes.redeem(session=request.session, purpose=purpose, code=code, at=timezone.now())
    except Refused:
        get_adapter(request).note_failure(request, pending.target if pending else "")
        raise
