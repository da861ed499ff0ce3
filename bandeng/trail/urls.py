"""The log's addresses: static files by their layout, and two pages."""

from django.urls import path

from bandeng.trail import views

app_name = "trail"
urlpatterns = [
    path("log/", views.LogPage.as_view(), name="log"),
    path("log/check/", views.CheckPage.as_view(), name="check"),
    path("log/check/file/", views.check_file, name="check-file"),
    path("log/witness/", views.WitnessPage.as_view(), name="witness"),
    path("log/growth/<int:old>/<int:size>", views.growth, name="growth"),
    path("log/checkpoint", views.checkpoint, name="checkpoint"),
    path("log/witnessed", views.witnessed, name="witnessed"),
    path("log/keys", views.keys, name="keys"),
    path("log/key-changes", views.key_changes, name="key-changes"),
    path("log/tile/<path:name>", views.tile, name="tile"),
    path("log/now/<path:name>", views.now, name="now"),
    path("log/cosignature", views.cosignature, name="cosignature"),
]
