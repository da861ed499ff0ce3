"""A picture on a thread: row and file together, in every weather."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from hashlib import sha256
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import translation

from bandeng.kit.pictures import PictureRefused
from bandeng.kit.storage import DurableStorage, keep
from bandeng.trail import pictures
from bandeng.trail.actions import AttachmentGone, attach, erase_attachment
from bandeng.trail.forms import PicturesField
from bandeng.trail.models import Attachment, Audience, Entry
from bandeng.trail.reads import attachments, attachments_without_file, facts, holds, stray_files
from bandeng.trail.rules import HOUSE
from bandeng.trail.serve import picture
from bandeng.trail.tests.pictures import photo
from tests.databases import ROOT
from tests.world import NOW


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A store of the test's own: another worker's files are none of its business."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def _attach(world, audience=Audience.PUBLIC, **how):
    return attach(thread=world.thread, file=photo(**how), audience=audience, by=HOUSE, at=world.now)


def _files(media):
    return {path for path in media.rglob("*") if path.is_file()}


def _age(media, **ago):
    then = time.time() - timedelta(**ago).total_seconds()
    for path in _files(media):
        os.utime(path, (then, then))


def _sweep():
    out = StringIO()
    call_command("sweep_attachments", stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_a_picture_is_kept_under_its_token_with_its_digest(world, media):
    attachment = _attach(world, size=(2000, 1000))
    with default_storage.open(pictures.name(token=attachment.token)) as file:
        content = file.read()
    assert sha256(content).digest() == bytes(attachment.sha256)
    assert (attachment.size, attachment.width, attachment.height) == (len(content), 1600, 800)
    assert len(_files(media)) == 2
    assert {oct(path.stat().st_mode & 0o777) for path in _files(media)} == {"0o600"}
    told = Entry.objects.get(verb="attachment.added")
    assert told.subject == attachment.token
    assert facts(entry=told)["sha256"] == sha256(content).hexdigest()


@pytest.mark.django_db
def test_each_audience_sees_its_own(world):
    shown, kept = _attach(world), _attach(world, Audience.INTERNAL)
    public = attachments(thread=world.thread, audiences=[Audience.PUBLIC])
    assert list(public) == [shown]
    assert list(attachments(thread=world.thread, audiences=Audience)) == [shown, kept]


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing(world, media):
    with pytest.raises(PictureRefused):
        attach(
            thread=world.thread, file=SimpleUploadedFile("a.jpg", b"no picture"),
            audience=Audience.PUBLIC, by=HOUSE, at=NOW,
        )  # fmt: skip
    assert _files(media) == set()
    assert not Attachment.objects.exists()


def test_an_erased_picture_is_gone_but_its_having_been_there_is_told(own_clone, world, media):
    attachment = _attach(world)
    told = erase_attachment(attachment=attachment, by=HOUSE, at=NOW)
    assert _files(media) == set()
    assert not Attachment.objects.exists()
    assert told.subject == attachment.token
    assert holds(entry=Entry.objects.get(verb="attachment.added"))
    with pytest.raises(AttachmentGone):
        erase_attachment(attachment=attachment, by=HOUSE, at=NOW)


def test_an_erasure_that_is_undone_keeps_the_file(own_clone, world, media):
    attachment = _attach(world)
    with transaction.atomic():
        erase_attachment(attachment=attachment, by=HOUSE, at=NOW)
        transaction.set_rollback(True)
    assert len(_files(media)) == 2
    assert attachments_without_file() == []


def test_an_undone_attachment_leaves_files_that_are_swept_after_an_hour(own_clone, world, media):
    kept = _attach(world)
    with transaction.atomic():
        _attach(world)
        transaction.set_rollback(True)
    (media / "attachments" / ".half.part").write_bytes(b"of a crash")
    assert len(_files(media)) == 5
    assert _sweep().startswith("0 files")
    _age(media, minutes=59)
    assert _sweep().startswith("0 files")
    _age(media, minutes=61)
    assert _sweep().startswith("3 files")
    assert {path.name.split(".")[0] for path in _files(media)} == {kept.token.hex}


@pytest.mark.django_db
def test_a_row_that_lost_its_file_is_not_passed_over(world, media):
    _attach(world)
    next(iter(_files(media))).unlink()
    with pytest.raises(CommandError, match="lost"):
        _sweep()


def test_a_name_is_given_once(media):
    keep(storage=default_storage, name="a/b", content=b"first")
    with pytest.raises(FileExistsError):
        keep(storage=default_storage, name="a/b", content=b"second")
    assert (media / "a" / "b").read_bytes() == b"first"
    assert isinstance(storages["default"], DurableStorage)


ATTACH = """
import sys, time, django
from django.conf import settings
django.setup()
settings.MEDIA_ROOT = sys.argv[1]
from django.db import transaction
from django.utils import timezone
from bandeng.trail.actions import attach
from bandeng.trail.models import Audience, Thread
from bandeng.trail.rules import HOUSE
from bandeng.trail.tests.pictures import photo
thread = Thread.objects.create()
def one():
    attach(thread=thread, file=photo(size=(400, 300)), audience=Audience.PUBLIC, by=HOUSE,
           at=timezone.now())
one()
print("ready", flush=True)
if sys.argv[2] == "uncommitted":
    with transaction.atomic():
        one()
        print("written", flush=True)
        time.sleep(600)
while True:
    one()
"""


def _start(media, clone, how):
    environment = os.environ | {
        "BANDENG_DATABASE": clone, "DJANGO_SETTINGS_MODULE": "config.testing",
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", ATTACH, str(media), how], cwd=ROOT, env=environment,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _kill(process):
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def test_killed_between_file_and_commit_no_row_is_without_a_file(own_clone, media):
    with _start(media, own_clone, "uncommitted") as process:
        assert [process.stdout.readline() for _ in range(2)] == ["ready\n", "written\n"]
        assert len(_files(media)) == 4
        _kill(process)
    assert Attachment.objects.count() == 1
    assert attachments_without_file() == []
    _age(media, hours=2)
    assert _sweep().startswith("2 files")
    assert len(_files(media)) == 2


def test_killed_at_any_moment_rows_and_files_agree(own_clone, media):
    for pause in (0.02, 0.05, 0.11):  # each ends somewhere in the middle of an attachment
        with _start(media, own_clone, "without end") as process:
            assert process.stdout.readline() == "ready\n"
            time.sleep(pause)
            _kill(process)
    assert attachments_without_file() == []
    for attachment in Attachment.objects.all():
        content = Path(media, pictures.name(token=attachment.token)).read_bytes()
        assert sha256(content).digest() == bytes(attachment.sha256)
    _age(media, hours=2)
    _sweep()
    assert stray_files(before=NOW) == []
    assert len(_files(media)) == 2 * Attachment.objects.count() > 0


@pytest.mark.django_db
@pytest.mark.parametrize("small", [False, True])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_answered_for_this_person_alone(rf, world, kind, small):
    attachment = _attach(world, kind=kind, size=(800, 600))
    answer = picture(request=rf.get("/"), attachment=attachment, thumbnail=small)
    assert answer["Content-Type"] == f"image/{kind.lower()}"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith(f'inline; filename="{attachment.token}.')
    assert "sandbox" in answer["Content-Security-Policy"]
    body = answer.content
    assert (sha256(body).digest() == bytes(attachment.sha256)) is not small
    again = rf.get("/", headers={"If-None-Match": answer["ETag"]})
    unchanged = picture(request=again, attachment=attachment, thumbnail=small)
    assert (unchanged.status_code, unchanged["ETag"]) == (304, answer["ETag"])
    other = picture(request=again, attachment=attachment, thumbnail=not small)
    assert other.status_code == 200


def test_no_address_leads_to_the_store(client, world, media, db):
    attachment = _attach(world)
    client.force_login(world.people["Erin"])
    name = pictures.name(token=attachment.token)
    for address in (f"/media/{name}", f"/{name}", f"/static/{name}"):
        assert client.get(address).status_code == 404


def _upload(content, name="photo.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def test_a_form_cleans_its_pictures_before_anything_is_written():
    field = PicturesField()
    one, two = field.clean([_upload(photo().getvalue()), _upload(photo(kind="PNG").getvalue())])
    assert (one.content_type, two.content_type) == ("image/jpeg", "image/png")
    assert PicturesField(required=False).clean([]) == []


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([], "required"),
        ([_upload(b"no", "holiday.gif")], "holiday.gif: This is not a JPEG or PNG picture"),
        ([_upload(b"no")] * 10, "at most 9 photos"),
    ],
)
def test_a_form_says_which_file_is_refused(files, says):
    with translation.override("en"), pytest.raises(Exception, match=says):
        PicturesField().clean(files)
