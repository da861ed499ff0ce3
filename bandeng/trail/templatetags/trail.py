"""Say of an entry whether the log holds it already: `{% load trail %}{% in_log entry.pk %}`."""

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from bandeng.kit.templatetags.kit import tag
from bandeng.trail.reads import leaves_of

register = template.Library()


@register.simple_tag
def in_log(row: int, source: str = "entry") -> SafeString:
    """Show the leaf's index, or "awaiting the log". One query: a list asks `leaves_of` itself."""
    return leaf_tag(leaves_of(source=source, rows=[row]).get(row))


@register.simple_tag
def leaf_tag(index: int | None) -> SafeString:
    """Show an index that is known, or that there is none yet."""
    if index is None:
        return tag(_("awaiting the log"), "none")
    return tag(_("in the log, entry %(index)s") % {"index": index}, "ok")
