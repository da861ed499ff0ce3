"""Addresses of the money room: `/money/…`, one for each verb."""

from django.urls import path

from bandeng.funds import collect_urls
from bandeng.funds.views import accounts, advances, approvals, lists, orders, witnesses

app_name = "funds"
urlpatterns = [
    path("", accounts.AccountList.as_view(), name="accounts"),
    path("prepare/", accounts.PrepareAccount.as_view(), name="prepare_account"),
    path("accounts/<int:pk>/", accounts.Account.as_view(), name="account"),
    path("accounts/<int:pk>/papers/add/", accounts.AddPaper.as_view(), name="add_paper"),
    path("accounts/<int:pk>/papers/<int:paper>/", accounts.PaperScan.as_view(), name="paper"),
    path("accounts/<int:pk>/purposes/add/", accounts.AddPurpose.as_view(), name="add_purpose"),
    path("accounts/<int:pk>/open/", accounts.OpenAccount.as_view(), name="open_account"),
    path("accounts/<int:pk>/rules/", accounts.OrderPolicy.as_view(), name="order_policy"),
    path("accounts/<int:pk>/freeze/", accounts.FreezeAccount.as_view(), name="freeze_account"),
    path(
        "accounts/<int:pk>/freezes/<int:freeze>/end/",
        accounts.EndFreeze.as_view(),
        name="end_freeze",
    ),
    path("accounts/<int:pk>/transfers/<int:book>/", accounts.Transfers.as_view(), name="transfers"),
    path("accounts/<int:pk>/pay/", orders.MakeOrder.as_view(), name="make_order"),
    path("accounts/<int:pk>/earmark/", orders.OrderEarmark.as_view(), name="order_earmark"),
    path("accounts/<int:pk>/lists/", lists.TransferLists.as_view(), name="transfer_lists"),
    path("accounts/<int:pk>/lists/make/", lists.MakeList.as_view(), name="make_list"),
    path(
        "accounts/<int:pk>/lists/<int:list>/",
        lists.TransferListPage.as_view(),
        name="transfer_list",
    ),
    path(
        "accounts/<int:pk>/lists/<int:list>/file/",
        lists.TransferListFile.as_view(),
        name="transfer_list_file",
    ),
    path(
        "accounts/<int:pk>/lists/<int:list>/withdraw/",
        lists.WithdrawList.as_view(),
        name="withdraw_list",
    ),
    path("inbox/", orders.Inbox.as_view(), name="inbox"),
    path("orders/", orders.OrderList.as_view(), name="orders"),
    path("orders/<int:pk>/", orders.OrderPage.as_view(), name="order"),
    path("orders/<int:pk>/sheet.pdf", orders.OrderSheet.as_view(), name="order_sheet"),
    path("orders/<int:pk>/stop/", orders.StopOrder.as_view(), name="stop_order"),
    path("orders/<int:pk>/carry-out/", orders.CarryOut.as_view(), name="carry_out"),
    path("orders/<int:pk>/return/", orders.ReturnOrder.as_view(), name="return_order"),
    path("orders/<int:pk>/approve/", approvals.ApproveOrder.as_view(), name="approve_order"),
    path("orders/<int:pk>/sheets/add/", approvals.EnterSheet.as_view(), name="enter_sheet"),
    path("orders/<int:pk>/sheets/<int:sheet>/", approvals.SheetScan.as_view(), name="sheet"),
    path(
        "orders/<int:pk>/sheets/<int:sheet>/check/",
        approvals.CheckSheet.as_view(),
        name="check_sheet",
    ),
    path("advances/", advances.AdvanceList.as_view(), name="advances"),
    path("advance/", advances.MakeAdvance.as_view(), name="make_advance"),
    path("advances/<int:pk>/", advances.AdvancePage.as_view(), name="advance"),
    path("advances/<int:pk>/receipt/", advances.Receipt.as_view(), name="receipt"),
    path("advances/<int:pk>/repaid/", advances.RepayAdvance.as_view(), name="repay_advance"),
    path("advances/<int:pk>/order/", advances.OrderRepayment.as_view(), name="order_repayment"),
    path("witnesses/", witnesses.Witnesses.as_view(), name="witnesses"),
    path("witnesses/register/", witnesses.RegisterWitness.as_view(), name="register_witness"),
    path("witnesses/<int:pk>/retire/", witnesses.RetireWitness.as_view(), name="retire_witness"),
    *collect_urls.urlpatterns,
]
