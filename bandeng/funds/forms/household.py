"""What a household says about its dues."""

from django.utils.translation import gettext_lazy as _

from bandeng.funds.forms.parts import MoneyForm, words


class Objection(MoneyForm):
    """Why a due is wrong."""

    reason = words(
        _("What is wrong with it?"),
        help_text=_("For instance: not handed over yet, the area is another one, already paid."),
    )


class Paid(MoneyForm):
    """When and how somebody has paid already."""

    text = words(
        _("When, how and how much did you pay?"),
        help_text=_(
            "For instance: on 12 September, from my mother's account at the bank, 1,593.00 yuan."
        ),
    )
