"""The product's addresses, and those that only the demo has."""

from config.urls import urlpatterns as product

urlpatterns = [*product]
