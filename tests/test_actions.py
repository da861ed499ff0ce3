"""One fault, tried on every action of the house: the trail fails, so nothing happened."""

from contextlib import contextmanager
from copy import deepcopy
from importlib import import_module, util
from inspect import getmodule

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from bandeng.kit.act import action
from bandeng.places.models import Estate
from bandeng.trail.models import Entry
from bandeng.trail.rules import HOUSE
from tests.world import NOW, ROOMS

PARTS = {  # functions that write and are no actions by themselves, each with its reason
    "trail.record": "a part of every action",
    "trail.assign_leaves": "the signer's bookkeeping: the leaf tells it",
    "trail.take_over": "the signer's lock",
    "trail.has_signed": "the signer reads here what it then signs",
    "trail.rows_of": "the same",
    "trail.load_edge": "the same",
    "trail.recheck": "the same",
    "trail.publish": "the checkpoint tells it",
    "trail.say": "the signer's word about itself",
    "trail.cosign": "a cosignature proves itself; an entry would change the tree that it signs",
    "people.count_attempt": "what a stranger at the door can cause",
    "funds.print_next": "the printer's bookkeeping: the printing's row tells it",
    "post.tell": "a part of the action that it tells of",
    "post.forget": "a part of erasing whom it belongs to",
    "post.mark_read": "the reader's own bookmark: no act on any matter",
    "post.mark_all_read": "the same",
    "post.deliver_next": "the relay's bookkeeping: the delivery's row tells it",
    "post.requeue": "the same",
}


def acts(world):
    """Gather what each action is called with: each room's `tests/acts.py` says it."""
    found: dict[str, dict[str, object]] = {}
    for room in ROOMS:
        if util.find_spec(f"bandeng.{room}.tests.acts"):
            given = import_module(f"bandeng.{room}.tests.acts").acts(world)
            found |= {f"{room}.{name}": arguments for name, arguments in given.items()}
    return found


def _modules(room):
    if util.find_spec(f"bandeng.{room}.actions"):
        module = import_module(f"bandeng.{room}.actions")
        yield module
        yield from (
            m for m in vars(module).values() if getattr(m, "__package__", "") == module.__name__
        )


def _actions():
    for room in ROOMS:
        for module in _modules(room):
            for name, function in vars(module).items():
                if callable(function) and not isinstance(function, type) and name[0] != "_":
                    if getmodule(function) is module or function.__module__ == module.__name__:
                        yield f"{room}.{name}", function


ACTIONS = {name: function for name, function in _actions() if name not in PARTS}


def _everything():
    models = [m for m in apps.get_models() if m.__module__.startswith("bandeng.")]
    return {model: list(model._default_manager.order_by("pk").values()) for model in models}


class TrailBroken(Exception):  # noqa: N818
    pass


@pytest.mark.django_db
def test_every_public_function_of_an_actions_file_is_an_action_known_here(world):
    assert set(ACTIONS) == set(acts(world))
    assert [name for name, function in ACTIONS.items() if not hasattr(function, "is_action")] == []


def test_an_action_says_who_and_when():
    with pytest.raises(TypeError, match="with by= and at="):
        action(lambda *, by: by)
    with pytest.raises(TypeError, match="keyword-only"):
        action(lambda by, at: (by, at))


@pytest.mark.django_db
def test_a_deferred_constraint_speaks_inside_the_action(world):
    @action
    def lose_the_thread(*, by, at):
        Estate.objects.filter(pk=world.estate.pk).update(thread_id=0)

    with pytest.raises(IntegrityError, match="foreign key"):
        lose_the_thread(by=HOUSE, at=NOW)
    assert Estate.objects.get().thread_id == world.estate.thread_id


@pytest.mark.django_db
@pytest.mark.parametrize("room", sorted({name.split(".")[0] for name in ACTIONS}))
def test_when_the_trail_fails_nothing_changed(monkeypatch, world, room):
    """One world a room: what an action did is undone before the next is tried."""
    given, before = acts(world), _everything()
    for name in (name for name in ACTIONS if name.startswith(f"{room}.")):
        with _tried(name), transaction.atomic():
            _fails_whole(monkeypatch, name, {"at": NOW} | given[name], before)
            transaction.set_rollback(True)


@contextmanager
def _tried(name):
    try:
        yield
    except AssertionError as error:
        error.add_note(name)
        raise


def _fails_whole(monkeypatch, name, given, before):
    def fail(*args, **kwargs):
        raise TrailBroken

    arguments = deepcopy(given)  # an action may change what it is given
    with monkeypatch.context() as broken:
        broken.setattr(Entry, "save", fail)
        broken.setattr(Entry.objects, "bulk_create", fail)
        with pytest.raises(TrailBroken):
            ACTIONS[name](**arguments)
    assert _everything() == before
    ACTIONS[name](**arguments)
    assert Entry.objects.count() > len(before[Entry])
