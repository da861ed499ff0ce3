"""The trail's rights: nobody changes a line, and only `trail_erase` removes a private part."""

from bandeng.kit.grants import ADD, ALL, READ, Rights

TABLES: Rights = {
    "trail_thread": {"app": ADD},
    "trail_entry": {"app": ADD, "signer": READ},
    "trail_entryprivate": {"app": ADD},
    "trail_attachment": {"app": ALL},
}
FUNCTIONS = {"trail_erase(bigint)": {"app"}, "trail_append_only()": set[str]()}
