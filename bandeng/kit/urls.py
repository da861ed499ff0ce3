"""The kit's one address."""

from django.urls import path

from bandeng.kit import views

app_name = "kit"
urlpatterns = [path("preferences/", views.prefer, name="prefer")]
