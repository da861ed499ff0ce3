"""The outbox's rights: a message is never changed but to say that it was read."""

from bandeng.kit.grants import ALL, CHANGE, Rights

TABLES: Rights = {
    "post_address": {"app": ALL},
    "post_message": {"app": CHANGE},
    "post_delivery": {"app": CHANGE},
}
FUNCTIONS: dict[str, set[str]] = {}
