"""Files that are there, whole, once their name is."""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage

PART = ".part"  # ends the name of a file that is still being written


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class DurableStorage(FileSystemStorage):
    """Django's, but a saved file outlives the machine's crash, and a half one has no name.

    Source: fsync(2): a new name is durable only when its folder is synced too.
    """

    def _save(self, name: str, content: Any) -> str:
        place = Path(self.path(name))
        self._make_folder(place.parent)
        part = place.with_name(f".{place.name}.{secrets.token_hex(4)}{PART}")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as out:
            for chunk in content.chunks():
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        part.rename(place)
        _sync(place.parent)
        return name

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync(folder.parent)


def keep(*, storage: Storage, name: str, content: bytes) -> None:
    """Put `content` under exactly this name; return when it is there to stay.

    Raises:
        FileExistsError: the name is taken.
    """
    if storage.exists(name):
        raise FileExistsError(name)
    storage.save(name, ContentFile(content))


def remove(*, storage: Storage, name: str) -> None:
    """Take the file away; nothing happens when it is gone already."""
    storage.delete(name)


def names(*, storage: Storage, under: str, before: datetime) -> Iterator[str]:
    """Give every file below a folder that was last changed before a moment."""
    if not storage.exists(under):
        return
    folders, files = storage.listdir(under)
    for folder in folders:
        yield from names(storage=storage, under=f"{under}/{folder}", before=before)
    for file in files:
        if storage.get_modified_time(f"{under}/{file}") < before:
            yield f"{under}/{file}"
