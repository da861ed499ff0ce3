"""How the machine is: one line for each thing that can go wrong, with what to do about it."""

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from bandeng.desk.parameters import (
    BACKUP_LATE,
    BACKUP_OLD,
    DISK_FULL,
    DISK_LOW,
    LOG_SLOW,
    QUEUE_SLOW,
)
from bandeng.kit.machine import server
from bandeng.places.reads import calendar
from bandeng.post.models import Delivery, DeliveryState
from bandeng.trail.models import SignerKind
from bandeng.trail.reads import log_refusal, log_state, witnesses

OK, WARN, RED = "ok", "warn", "red"


@dataclass(frozen=True)
class Check:
    """One thing that was looked at."""

    name: str
    state: str
    said: str


def checks(*, at: datetime) -> list[Check]:
    """Look at everything; what cannot be looked at is red."""
    still = (_database, _letters, _migrations, _disk, _given_up, _way)
    timed = (_relay, _log, _calendar, _backup)
    return [*(look() for look in still), *(look(at) for look in timed)]


def _database() -> Check:
    found = server()
    said = _("PostgreSQL %(version)s, %(size)d MB")
    words = {"version": found.version, "size": found.size >> 20}
    return Check(_("Database"), OK, said % words)


def _letters() -> Check:
    """Chinese text is sorted, searched and cut rightly only in UTF-8."""
    found = server()
    good = found.encoding == "UTF8" and "UTF" in found.letters.upper()
    return Check(_("Character set"), OK if good else RED, f"{found.encoding}, {found.letters}")


def _migrations() -> Check:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    missing = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _back in plan)
    return Check(_("Tables"), RED if missing else OK, missing or _("as the program needs them"))


def _disk() -> Check:
    disk = shutil.disk_usage(settings.STATE)
    free = disk.free / disk.total
    state = RED if free < DISK_FULL else WARN if free < DISK_LOW else OK
    said = _("%(free).1f GB of %(total).1f GB free")
    return Check(_("Disk"), state, said % {"free": disk.free / 1e9, "total": disk.total / 1e9})


def _relay(at: datetime) -> Check:
    queued = Delivery.objects.filter(state=DeliveryState.QUEUED, due_at__lte=at)
    oldest = queued.order_by("due_at").first()
    if not oldest:
        return Check(_("Messages waiting"), OK, _("none"))
    said = _("%(count)d, the oldest for %(age)s") % {
        "count": queued.count(),
        "age": timesince(oldest.due_at, at),
    }
    return Check(_("Messages waiting"), WARN if at - oldest.due_at > QUEUE_SLOW else OK, said)


def _log(at: datetime) -> Check:
    """The signer says itself why it will not sign; an entry that waits long says that it is gone."""
    state, name = log_state(), _("Signed log")
    if state.notice and state.notice.kind == SignerKind.REFUSED:
        return Check(name, RED, log_refusal(notice=state.notice))
    if state.awaiting_since and at - state.awaiting_since > LOG_SLOW:
        said = _("%(age)s behind: is the signer running?")
        return Check(name, RED, said % {"age": timesince(state.awaiting_since, at)})
    said = _("%(size)d entries, %(witnesses)d witnesses")
    return Check(name, OK, said % {"size": state.size, "witnesses": len(witnesses())})


def _given_up() -> Check:
    count = Delivery.objects.filter(state=DeliveryState.GAVE_UP).count()
    return Check(_("Messages given up"), WARN if count else OK, str(count or _("none")))


def _calendar(at: datetime) -> Check:
    known, year = calendar(), at.year
    missing = [str(one) for one in (year, year + 1) if one not in known.years]
    state = RED if str(year) in missing else WARN if missing and at.month == 12 else OK
    said = _("missing: %(years)s") % {"years": ", ".join(missing)} if missing else _("entered")
    return Check(_("Working days of this year and the next"), state, said)


def _backup(at: datetime) -> Check:
    file = settings.STATE / "last-backup"
    if not file.exists():
        return Check(_("Last backup"), RED, _("never: run `./run backup`"))
    made_at = datetime.fromisoformat(file.read_text().strip())
    age = max(at - made_at, timedelta())
    state = RED if age > BACKUP_LATE else WARN if age > BACKUP_OLD else OK
    return Check(_("Last backup"), state, _("%(age)s ago") % {"age": timesince(made_at, at)})


def _way() -> Check:
    said = settings.BANDENG_URL if settings.SECURE else _("not encrypted (HTTP)")
    return Check(_("Web address"), OK if settings.SECURE else WARN, said)
