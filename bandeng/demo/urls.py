"""Addresses that only the demo has (config/demo_urls.py)."""

from django.urls import path

from bandeng.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.who, name="who"),
    path("<slug:key>/", views.enter, name="enter"),
]
