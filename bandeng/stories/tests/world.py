"""Grace edits, Henry corresponds; one published story, one draft, two figures."""

from datetime import date

from bandeng.people.actions import add_organisation, assign_role, enrol_person
from bandeng.people.models import OrganisationKind, Role
from bandeng.stories import actions
from bandeng.stories.rules import Words
from bandeng.trail.rules import HOUSE

BODY = """槐园有 {figure:elm.homes} 户人家，自己\n定了办法。

## 账目

招标始于 {figure:elm.tender_on}。

> 大家的事大家议。"""
BODY_EN = """Elm Garden has {figure:elm.homes} homes\nand its own way.

## The books

The tender began: {figure:elm.tender_on}.

> What concerns all is talked over by all."""
ZH = Words(section="某街道", headline="{figure:elm.homes}户，一条板凳", deck="坐下来谈", body=BODY)
EN = Words(
    section="A subdistrict", headline="{figure:elm.homes} homes, one bench", deck="", body=BODY_EN
)


def furnish(world):
    by = {"by": HOUSE, "at": world.now}
    paper = add_organisation(name="某报", kind=OrganisationKind.NEWSPAPER, area_code="99", **by)
    for number, (name, role) in enumerate(
        {"Grace": Role.EDITOR, "Henry": Role.CORRESPONDENT}.items(), start=21
    ):
        person = enrol_person(name=name, phone=f"+86138000000{number}", verified=True, **by)
        assign_role(person=person, organisation=paper, role=role, since_on=date(2020, 1, 1), **by)
        world.people[name] = person
    world.homes = actions.define_figure(
        key="elm.homes",
        source="places.homes",
        subject=world.estate.token,
        label_zh="槐园户数",
        label_en="Homes of Elm Garden",
        **by,
    )
    world.tender = actions.define_figure(
        key="elm.tender_on",
        source="works.tender_on",
        subject=None,
        label_zh="槐园招标",
        label_en="Tender of Elm Garden",
        **by,
    )
    world.story = actions.write_story(slug="one-bench", zh=ZH, en=EN, rank=1, **by)
    actions.publish_story(story=world.story, by=world.people["Grace"], at=world.now)
    world.draft = actions.write_story(slug="not-yet-told", zh=ZH, en=EN, rank=2, **by)
    world.video = actions.place_video(
        slug="walk", title_zh="走一走", title_en="A walk", rank=1, **by
    )
