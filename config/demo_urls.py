"""The product's addresses, and those that only the demo has."""

from django.urls import include, path

from config.urls import urlpatterns as product

urlpatterns = [*product, path("demo/", include("bandeng.demo.urls"))]
