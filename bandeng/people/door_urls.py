"""Addresses at the door; allauth's names, and only those of its pages that we use."""

from allauth.account import views as allauth
from django.urls import path
from django.views.decorators.http import require_http_methods

from bandeng.people.views import door, passkeys

form = require_http_methods(["GET", "HEAD", "POST"])  # a form's page would also take PUT
urlpatterns = [
    path("sign-in/", form(allauth.login), name="account_login"),
    path("sign-in/code/", form(allauth.request_login_code), name="account_request_login_code"),
    path("sign-in/code/enter/", form(door.EnterCode.as_view()), name="account_confirm_login_code"),
    path("sign-in/closed/", allauth.account_inactive, name="account_inactive"),
    path("account/confirm/", passkeys.Confirm.as_view(), name="account_reauthenticate"),
    path("sign-out/", allauth.logout, name="account_logout"),
    path("sign-up/", form(door.SignUp.as_view()), name="account_signup"),
]
