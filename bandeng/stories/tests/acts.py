"""What each action of this room is called with (tests/test_actions.py)."""

from bandeng.stories.tests.world import EN, ZH


def acts(world):
    grace, henry = world.people["Grace"], world.people["Henry"]
    return {
        "define_figure": {
            "key": "elm.buildings",
            "source": "places.buildings",
            "subject": world.estate.token,
            "label_zh": "槐园楼栋",
            "label_en": "Buildings of Elm Garden",
            "by": henry,
        },
        "write_story": {"slug": "not-yet-told", "zh": ZH, "en": EN, "by": henry},
        "publish_story": {"story": world.draft, "by": grace},
        "withdraw_story": {"story": world.story, "by": grace},
        "place_video": {"slug": "run", "title_zh": "跑", "title_en": "Run", "by": henry},
    }
