"""Forms at the door: sign in, sign up, a code, another password."""

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from bandeng.people.forms.fields import CodeField, NewPasswordField, PhoneField
from bandeng.people.sessions import set_expiry


class SignIn(allauth.LoginForm):
    """Phone number and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = forms.CharField(
            label=_("Password"),
            strip=False,
            widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        )

    def login(self, request, redirect_url=None):
        """Sign in, then say how long the session lasts; allauth sets its own before."""
        response = super().login(request, redirect_url=redirect_url)
        set_expiry(request=request)
        return response


class AskForCode(allauth.RequestLoginCodeForm):
    """A phone number, to which a code is sent."""

    def clean_phone(self):
        """Count who asks, so that nobody is flooded with messages."""
        return allauth.get_adapter().clean_code_request(super().clean_phone())


class EnterCode(allauth.ConfirmLoginCodeForm):
    """The code that came."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = CodeField()


class SignUp(forms.Form):
    """Name, phone number, perhaps a password; and the text one agrees to."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=60,
        help_text=_("As in your identity card, so that your home is found."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = PhoneField(
        mobile=True, help_text=_("For signing in, and to tell you how your matters go.")
    )
    password = NewPasswordField(
        label=_("Password"),
        required=False,
        help_text=_("At least 8 characters. Without one you sign in by a code each time."),
    )
    agreed = forms.BooleanField(label=_("I have read this and agree."))

    def __init__(self, *args, text, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["agreed"].help_text = text

    def clean_name(self):
        """Take the name without the spaces around and inside Chinese names."""
        name = " ".join(self.cleaned_data["name"].split())
        return name if name.isascii() else name.replace(" ", "")

    def clean_password(self):
        """Refuse what is easily guessed."""
        password = self.cleaned_data["password"]
        if password:
            validate_password(password)
        return password


class Code(forms.Form):
    """A code alone."""

    code = CodeField()


class ChangePassword(forms.Form):
    """Another password, twice; and the old one, unless one came in by a code just now."""

    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = NewPasswordField(label=_("New password"), help_text=_("At least 8 characters."))
    again = NewPasswordField(label=_("New password, once more"))

    def __init__(self, *args, person, needs_old, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person
        if not needs_old:
            del self.fields["old"]

    def clean_old(self):
        """Check the present one."""
        if not self.person.check_password(self.cleaned_data["old"]):
            raise forms.ValidationError(_("This is not your present password."))
        return self.cleaned_data["old"]

    def clean_new(self):
        """Refuse what is easily guessed."""
        validate_password(self.cleaned_data["new"], self.person)
        return self.cleaned_data["new"]

    def clean(self):
        """Compare the two."""
        super().clean()
        data = self.cleaned_data
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", _("The two are not the same."))
        return data


class Phone(forms.Form):
    """Another number to sign in by."""

    phone = PhoneField(mobile=True, label=_("New phone number"))


class Email(forms.Form):
    """An e-mail address at which to be told things."""

    address = forms.EmailField(
        label=_("E-mail address"),
        max_length=200,
        required=False,
        help_text=_("Empty: no more e-mails."),
    )
