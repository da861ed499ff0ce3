"""What the room's records are called; the rules know only the codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _

VERBS = {
    "account.prepared": _("Supervised account prepared"),
    "account.paper_added": _("Paper of the account entered"),
    "account.opened": _("Supervised account opened"),
    "account.frozen": _("Payments stopped by a court or an insolvency notice"),
    "account.unfrozen": _("Payments free again"),
    "purpose.added": _("Purpose of the money added"),
    "policy.set": _("Rules of approval set"),
    "key.enrolled": _("Key for approvals registered"),
    "order.made": _("Payment order made"),
    "order.sheet_entered": _("Signed sheet entered, to be checked by a second person"),
    "order.approved": _("Payment order approved"),
    "order.stopped": _("Payment order stopped"),
    "order.held": _("Money set apart for an order"),
    "order.settled": _("Payment order carried out by the bank"),
    "order.returned": _("Payment order not carried out; the money is free again"),
    "order.bounced": _("The bank sent an order's money back; it is free again"),
    "list.made": _("List of transfers made for the bank"),
    "list.withdrawn": _("List of transfers withdrawn"),
    "file.uploaded": _("File looked at"),
    "file.discarded": _("File put away"),
    "statement.read": _("Bank statement taken in"),
    "bill.kept": _("Bill of a payment service kept until its sums are at the bank"),
    "bill.booked": _("Bill of a payment service booked"),
    "bill.discarded": _("Bill of a payment service put away"),
    "line.proposed": _("Match proposed, to be confirmed by a second person"),
    "line.matched": _("Payment matched to a home"),
    "line.unmatched": _("Match taken back"),
    "dues.billed": _("Dues taken in"),
    "due.disputed": _("Due disputed"),
    "due.decided": _("Dispute of a due decided"),
    "due.reminded": _("Notice about dues handed over"),
    "due.claimed_paid": _("Said to have been paid already"),
    "due.claim_answered": _("Answered whether it was paid already"),
    "advance.made": _("Somebody paid from their own pocket"),
    "advance.repaid": _("Advance paid back"),
    "reckoning.drawn": _("Statements of account drawn up"),
    "reckoning.signed": _("Signed statement of account entered"),
    "plan.asked": _("Payment in instalments asked for"),
    "plan.accepted": _("Instalments agreed to by the creditor"),
    "plan.declined": _("Instalments declined by the creditor"),
    "plan.ended": _("Plan by instalments ended"),
    "cash.allowed": _("Rule about cash entered"),
    "cash.received": _("Cash received"),
    "cash.spoilt": _("Receipt form spoilt"),
    "cash.voided": _("Receipt for cash made void"),
    "cash.banked": _("Cash brought to the bank"),
    "cash.withdrawn": _("Deposit of cash taken back"),
    "cash.settled": _("Deposit of cash confirmed by the bank's statement"),
    "print.started": _("Papers are being printed"),
    "print.cancelled": _("Printing cancelled"),
    "print.discarded": _("Printed file put away"),
    "money.forgotten": _("Details in the money's books erased"),
}


class Chart(models.TextChoices):
    """What a ledger account is; the code decides its side and whether it may fall below zero."""

    BANK = "1002", _("money at the bank")
    CLEARING = "1012", _("with a payment service, on its way to the bank")
    RECEIVABLE = "1122", _("owed by a home")
    UNEXPLAINED = "1900", _("taken by the bank, not yet explained")
    SUSPENSE = "2900", _("received, not yet matched")
    UNCOLLECTED = "3000", _("billed, not yet received")
    UNALLOCATED = "3100", _("received, without a purpose yet")
    EARMARK = "3101", _("set aside for one purpose")
    EMERGENCY = "3102", _("set aside for emergencies")


DEBIT_NORMAL = (Chart.BANK, Chart.CLEARING, Chart.RECEIVABLE, Chart.UNEXPLAINED)
NO_FLOOR = (Chart.RECEIVABLE, Chart.UNEXPLAINED, Chart.UNCOLLECTED)
FUNDS = (Chart.UNALLOCATED, Chart.EARMARK, Chart.EMERGENCY)


class Service(models.TextChoices):
    """Through whom households pay by code; the bank shows their payments in lump sums."""

    WECHAT = "wechat", _("WeChat Pay")
    ALIPAY = "alipay", _("Alipay")


class Phase(models.TextChoices):
    """What a transfer does: moves money, sets it apart, moves what was set apart, or frees it."""

    POST = "post", _("moved")
    HOLD = "hold", _("set apart")
    SETTLE = "settle", _("carried out")
    VOID = "void", _("freed")


class PaperKind(models.TextChoices):
    """The papers without which no supervised account opens."""

    AGREEMENT = "agreement", _("account agreement with the bank or the notary")
    MANDATE = "mandate", _("the creditor's assignment or mandate")
    INVOICING = "invoicing", _("who issues the invoices")
    ACKNOWLEDGEMENT = "acknowledgement", _("debt acknowledged by the developer")


class AgreementKind(models.TextChoices):
    """In what form the money is held."""

    BANK = "bank", _("bank supervision, three parties")
    NOTARY = "notary", _("deposit with a notary")


class Supervision(models.TextChoices):
    """In which role somebody supervises an account; the rules of approval count by role."""

    OWNERS = "owners", _("owners' representatives")
    SUBDISTRICT = "subdistrict", _("subdistrict")
    COMMUNITY = "community", _("community")
    BRANCH = "branch", _("party branch")
    DEPUTY = "deputy", _("people's deputy")
    BODY = "body", _("third-party supervisory body")
    DEVELOPER = "developer", _("developer")
    COMPANY = "company", _("property company")


class OrderKind(models.TextChoices):
    """What supervisors are asked to approve."""

    PAYMENT = "payment", _("payment")
    EARMARK = "earmark", _("setting money aside")
    POLICY = "policy", _("new rules of approval")


class Strength(models.TextChoices):
    """How an approval was given."""

    PASSKEY = "passkey", _("by passkey")
    USB_KEY = "usb_key", _("by USB key")
    PAPER = "paper", _("on paper, entered by two people")


ORDER_STATES = {
    "waiting": _("waits for approval"),
    "approved": _("approved"),
    "held": _("with the bank"),
    "done": _("carried out"),
    "returned": _("returned by the bank"),
    "bounced": _("came back from the payee's bank"),
    "stopped": _("stopped"),
    "expired": _("expired"),
    "outdated": _("overtaken by new rules"),
}
