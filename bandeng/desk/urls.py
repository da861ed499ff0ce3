"""Addresses of the desk."""

from django.urls import path

from bandeng.desk import views

app_name = "desk"
urlpatterns = [
    path("desk/", views.Start.as_view(), name="start"),
    path("desk/cases/<slug:key>/", views.Behind.as_view(), name="behind"),
    path("messages/", views.Inbox.as_view(), name="inbox"),
    path("messages/read/", views.ReadAll.as_view(), name="read-all"),
    path("messages/<uuid:token>/read/", views.Read.as_view(), name="read"),
    path("account/copy/", views.DataCopy.as_view(), name="copy"),
    path("people/<int:pk>/erase/", views.ErasePerson.as_view(), name="erase"),
    path("health/", views.Health.as_view(), name="health"),
    path("healthz", views.healthz, name="healthz"),
]
