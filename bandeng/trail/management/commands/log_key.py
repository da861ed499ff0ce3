"""The log's key: `new` makes the first one, `show` tells its public half, `rotate` changes it.

`retire` ends the change-over: the old keys sign no more and are destroyed. `restart` begins a
log of another name after the key, or signed data, was lost (docs/log.md).
"""

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from bandeng.trail import files, keys


class Command(BaseCommand):
    """Run it with the settings `config.signer`; the signer takes a changed key up by itself."""

    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Name what to do."""
        parser.add_argument("what", choices=["new", "show", "rotate", "retire", "restart"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a refusal is a sentence."""
        file, folder = Path(settings.LOG_KEY), Path(settings.LOG_DIRECTORY)
        try:
            getattr(self, f"_{options['what']}")(file, folder)
        except keys.KeyMissing as missing:
            raise CommandError(
                _("There is no key in %(file)s: restore it from a backup, or begin a new log.")
                % {"file": missing}
            ) from missing
        except FileExistsError as error:
            raise CommandError(_("There is a key already; `log-key rotate` changes it.")) from error

    def _new(self, file: Path, folder: Path) -> None:
        if files.last_note(folder=folder):
            raise CommandError(
                _("This log has been signed already. Restore its key, or begin a new log.")
            )
        keys.make(file=file, origin=keys.origin_of(url=settings.BANDENG_URL))
        self._show(file, folder)

    def _show(self, file: Path, folder: Path) -> None:
        for key in keys.load(file=file):
            self.stdout.write(str(key.public))
            self.stdout.write(_("Fingerprint: %(sum)s") % {"sum": key.public.fingerprint})

    def _rotate(self, file: Path, folder: Path) -> None:
        said = files.last_checkpoint(folder=folder)
        note = keys.rotate(file=file, size=said.size if said else 0)
        place = folder / keys.CHANGES
        told = place.read_text() if place.exists() else ""
        new = [(keys.CHANGES, (told + note + "\n").encode())]
        files.settle(paths=files.write(folder=folder, files=new))
        self.stdout.write(note)
        self._show(file, folder)

    def _retire(self, file: Path, folder: Path) -> None:
        for key in keys.retire(file=file):
            self.stdout.write(_("Destroyed: %(key)s") % {"key": key})

    def _restart(self, file: Path, folder: Path) -> None:
        """Keep what was signed beside it; the same leaves begin a log of another name."""
        said = files.last_checkpoint(folder=folder)
        origin = said.origin if said else keys.origin_of(url=settings.BANDENG_URL)
        base, _slash, number = origin.rpartition("/log/")
        new = f"{base}/log/{int(number) + 1}" if base else f"{origin}/2"
        for place in (file, folder):
            if place.exists():
                shutil.move(place, place.with_name(f"{place.name}-until-{new.rpartition('/')[2]}"))
        keys.make(file=file, origin=new)
        self._show(file, folder)
