"""The newsroom's rights: nothing that was ever told is deleted."""

from bandeng.kit.grants import CHANGE, Rights

TABLES: Rights = {
    "stories_figurekey": {"app": CHANGE},
    "stories_story": {"app": CHANGE},
    "stories_storytext": {"app": CHANGE},
    "stories_video": {"app": CHANGE},
}
FUNCTIONS: dict[str, set[str]] = {}
