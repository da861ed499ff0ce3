"""Addresses of the people's room."""

from django.urls import path

from bandeng.people.views import account, door, organisations, passkeys, people

app_name = "people"
urlpatterns = [
    path("sign-up/code/", door.SignUpCode.as_view(), name="sign-up-code"),
    path("account/", account.Account.as_view(), name="account"),
    path("account/password/", door.ChangePassword.as_view(), name="password"),
    path("account/phone/", door.ChangePhone.as_view(), name="phone"),
    path("account/phone/code/", door.PhoneCode.as_view(), name="phone-code"),
    path("account/email/", door.ChangeEmail.as_view(), name="email"),
    path("account/email/code/", door.EmailCode.as_view(), name="email-code"),
    path("account/preferences/", account.Preferences.as_view(), name="preferences"),
    path("account/passkeys/add/", passkeys.AddPasskey.as_view(), name="add-passkey"),
    path(
        "account/passkeys/<int:pk>/remove/",
        passkeys.RemovePasskey.as_view(),
        name="remove-passkey",
    ),
    path("account/consents/<slug:purpose>/", account.Consents.as_view(), name="consent"),
    path("people/", people.PersonList.as_view(), name="people"),
    path("people/find/", people.Find.as_view(), name="find"),
    path("people/add/", people.AddPerson.as_view(), name="add"),
    path("people/<int:pk>/", people.PersonDetail.as_view(), name="person"),
    path("people/<int:pk>/change/", people.ChangePerson.as_view(), name="change"),
    path("people/<int:pk>/unmask/", people.Unmask.as_view(), name="unmask"),
    path("people/<int:pk>/homes/add/", people.RelateHome.as_view(), name="relate"),
    path(
        "people/<int:pk>/homes/<int:relation>/end/",
        people.EndRelation.as_view(),
        name="end-relation",
    ),
    path("people/<int:pk>/roles/add/", people.AssignRole.as_view(), name="assign"),
    path("people/<int:pk>/roles/<int:role>/end/", people.EndRole.as_view(), name="end-role"),
    path("people/<int:pk>/lock/", people.LockPerson.as_view(), name="lock"),
    path("consent-texts/", account.PublishText.as_view(), name="texts"),
    path("organisations/", organisations.OrganisationList.as_view(), name="organisations"),
    path("organisations/add/", organisations.AddOrganisation.as_view(), name="add-organisation"),
    path(
        "organisations/<int:pk>/", organisations.OrganisationDetail.as_view(), name="organisation"
    ),
    path(
        "organisations/<int:pk>/change/",
        organisations.ChangeOrganisation.as_view(),
        name="change-organisation",
    ),
]
