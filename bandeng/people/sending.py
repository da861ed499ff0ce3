"""The words in which a code goes out."""

import logging

from django.utils.translation import gettext as _

logger = logging.getLogger("bandeng.sms")


def send_code(*, phone: str, code: str) -> None:
    """Send a code to a number, by text message only: it is no message for an inbox."""
    words = _("%(code)s is your code for Bandeng. It is valid for five minutes; tell nobody.")
    logger.warning("%s: %s", phone, words % {"code": code})
