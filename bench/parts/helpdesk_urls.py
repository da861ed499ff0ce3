"""The peer's addresses, in its own environment."""

from django.urls import include, path

urlpatterns = [path("", include("helpdesk.urls"))]
