"""The product's addresses and the page of samples."""

from django.urls import path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as product
from tests.browser import sample

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [
    *product,
    path("sample/", sample.everything),
    path("sample/form/", sample.form),
    path("sample/broken/", sample.broken),
]
