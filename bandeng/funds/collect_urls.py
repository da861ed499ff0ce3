"""Addresses of collecting: homes and what they owe, statements, matching, papers."""

from django.urls import path

from bandeng.funds.views import household

urlpatterns = [
    path("homes/", household.Homes.as_view(), name="homes"),
    path("homes/<int:pk>/", household.Home.as_view(), name="home"),
    path("homes/<int:pk>/paid/", household.ClaimPaid.as_view(), name="claim_paid"),
    path("homes/<int:pk>/household.json", household.HouseholdFile.as_view(), name="household_file"),
    path("homes/<int:pk>/payments/<int:number>/", household.Proof.as_view(), name="payment_proof"),
    path("dues/<int:pk>/dispute/", household.DisputeDue.as_view(), name="dispute_due"),
]
