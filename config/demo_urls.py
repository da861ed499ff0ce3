"""The product's addresses and error pages, and the addresses that only the demo has."""

from django.urls import include, path

from config.urls import handler400, handler403, handler404, handler500
from config.urls import urlpatterns as product

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [*product, path("demo/", include("bandeng.demo.urls"))]
