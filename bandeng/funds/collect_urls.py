"""Addresses of collecting: homes and what they owe, statements, matching, papers."""

from django.urls import path

from bandeng.funds.views import answers, dues, household, matching, papers, statements

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
    path("accounts/<int:pk>/bills/", statements.Bills.as_view(), name="bills"),
    path("bills/<int:pk>/discard/", statements.DiscardBill.as_view(), name="discard_bill"),
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
    path("accounts/<int:pk>/answers/", answers.Answers.as_view(), name="answers"),
    path("claims/<int:pk>/answer/", answers.AnswerClaim.as_view(), name="answer_claim"),
    path("disputes/<int:pk>/decide/", answers.DecideDispute.as_view(), name="decide_dispute"),
    path("homes/<int:pk>/notices/add/", answers.LogReminder.as_view(), name="log_reminder"),
    path(
        "homes/<int:pk>/statement.pdf",
        papers.StatementOfAccount.as_view(),
        name="statement_of_account",
    ),
    path("accounts/<int:pk>/notices/", papers.Notices.as_view(), name="notices"),
    path(
        "accounts/<int:pk>/notices/<int:part>.pdf",
        papers.NoticePart.as_view(),
        name="notice_part",
    ),
    path("accounts/<int:pk>/lobby/", papers.Lobby.as_view(), name="lobby"),
    path(
        "accounts/<int:pk>/lobby/<int:year>-<int:month>.pdf",
        papers.LobbyStatement.as_view(),
        name="lobby_statement",
    ),
    path("audit/", papers.Audit.as_view(), name="audit"),
]
