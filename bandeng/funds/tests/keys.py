"""Keys with which people approve."""

from bandeng.funds import actions
from bandeng.kit.tests.keys import SoftKey

__all__ = ["SoftKey", "enrolled"]


def enrolled(person, *, at):
    key = SoftKey()
    row = actions.enrol_key(
        credential=key.credential, public_key=key.public, name="手机", by=person, at=at
    )
    return key, row
