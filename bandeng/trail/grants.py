"""The trail's rights: nobody changes a line, and only `trail_erase` removes a private part.

The signer alone says which row is which leaf, and what was signed.
"""

from bandeng.kit.grants import ADD, ALL, READ, Rights

TABLES: Rights = {
    "trail_thread": {"app": ADD},
    "trail_entry": {"app": ADD, "signer": READ},
    "trail_entryprivate": {"app": ADD},
    "trail_attachment": {"app": ALL},
    "trail_leaf": {"app": READ, "signer": ADD},
    "trail_checkpoint": {"app": READ, "signer": ADD},
    "trail_signernotice": {"app": READ, "signer": ADD},
    "trail_witness": {"app": ADD},
    "trail_witnessend": {"app": ADD},
    "trail_cosignature": {"app": ADD},
}
FUNCTIONS = {
    "trail_erase(bigint)": {"app"},
    "trail_append_only()": set[str](),
    "trail_without_gap()": set[str](),
}
