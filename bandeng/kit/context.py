"""What every page's frame knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

ELDER_COOKIE = "bandeng_elder"
STYLES = [f"kit/css/{part}.css" for part in ("tokens", "base", "layout", "components")]
MENUS = ["house/menu.html", "kit/menu.html"]  # a higher room's, else our own
SITE_TERMS = {  # in the order of 政府网站发展指引 (国办发〔2017〕47号)
    "organiser": _("Run by"),
    "address": _("Address"),
    "hours": _("Opening hours"),
    "telephone": _("Telephone"),
    "site_code": _("Site code"),
    "icp": _("ICP licence"),
    "police_record": _("Police record"),
}


def page(request: HttpRequest) -> dict[str, Any]:
    """Give the frame's values; none of them needs the database."""
    return {
        "elder": request.COOKIES.get(ELDER_COOKIE) == "1",
        "demo": settings.BANDENG_DEMO,
        "operator": settings.SITE,  # not `site`: allauth's pages have their own
        "operator_lines": [(term, settings.SITE[name]) for name, term in SITE_TERMS.items()],
        "here": request.get_full_path(),
        "kit_styles": STYLES,
        "menus": MENUS,
    }
