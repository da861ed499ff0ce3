"""Sentences for what the rules find: they know only codes."""

from django.utils.translation import gettext_lazy as _

from bandeng.funds.rules.dues import Strength

STRENGTHS = {
    Strength.WITHIN: (_("may be claimed in court"), "none"),
    Strength.NEAR: (_("limitation is near"), "warn"),
    Strength.OVER: (_("limitation may have run out"), "none"),
    Strength.DISPUTED: (_("disputed, not decided yet"), "warn"),
    Strength.CONFIRMED: (_("was disputed, stands"), "info"),
    Strength.REJECTED: (_("fell away"), "ok"),
}
