"""Addresses of the people's room."""

from django.urls import path

from bandeng.people.views import account, door

app_name = "people"
urlpatterns = [
    path("sign-up/code/", door.SignUpCode.as_view(), name="sign-up-code"),
    path("account/", account.Account.as_view(), name="account"),
    path("account/password/", door.ChangePassword.as_view(), name="password"),
    path("account/phone/", door.ChangePhone.as_view(), name="phone"),
    path("account/phone/code/", door.PhoneCode.as_view(), name="phone-code"),
    path("account/preferences/", account.Preferences.as_view(), name="preferences"),
    path("account/consents/<slug:purpose>/", account.Consents.as_view(), name="consent"),
    path("account/copy/", account.DataCopy.as_view(), name="copy"),
]
