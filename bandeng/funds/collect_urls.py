"""Addresses of collecting: homes and what they owe, statements, matching, papers."""

from django.urls import path

from bandeng.funds.views import dues, household, matching, statements

urlpatterns = [
    path("homes/", household.Homes.as_view(), name="homes"),
    path("homes/<int:pk>/", household.Home.as_view(), name="home"),
    path("homes/<int:pk>/paid/", household.ClaimPaid.as_view(), name="claim_paid"),
    path("homes/<int:pk>/household.json", household.HouseholdFile.as_view(), name="household_file"),
    path("homes/<int:pk>/payments/<int:number>/", household.Proof.as_view(), name="payment_proof"),
    path("dues/<int:pk>/dispute/", household.DisputeDue.as_view(), name="dispute_due"),
    path("accounts/<int:pk>/statements/", statements.Statements.as_view(), name="statements"),
    path(
        "accounts/<int:pk>/statements/take/",
        statements.TakeStatement.as_view(),
        name="take_statement",
    ),
    path(
        "statements/check/<uuid:token>/",
        statements.CheckStatement.as_view(),
        name="check_statement",
    ),
    path(
        "accounts/<int:pk>/statements/<int:statement>/",
        statements.StatementLines.as_view(),
        name="statement",
    ),
    path("accounts/<int:pk>/matching/", matching.Matching.as_view(), name="matching"),
    path(
        "accounts/<int:pk>/matching/certain/",
        matching.MatchCertain.as_view(),
        name="match_certain",
    ),
    path(
        "accounts/<int:pk>/matching/<int:line>/",
        matching.ProposeMatch.as_view(),
        name="propose_match",
    ),
    path("proposals/<int:pk>/confirm/", matching.ConfirmMatch.as_view(), name="confirm_match"),
    path("matches/<int:pk>/undo/", matching.Unmatch.as_view(), name="unmatch"),
    path("accounts/<int:pk>/dues/", dues.Dues.as_view(), name="dues"),
    path("accounts/<int:pk>/dues/take/", dues.BillDues.as_view(), name="bill_dues"),
    path("dues/check/<uuid:token>/", dues.CheckDues.as_view(), name="check_dues"),
]
