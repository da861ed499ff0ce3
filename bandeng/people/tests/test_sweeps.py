from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from bandeng.kit.sweeping import Sweeper


@pytest.mark.django_db
def test_a_session_that_is_over_goes_by_itself(client, people):
    client.force_login(people["Alice"])
    over = Session.objects.get()
    client.logout()
    client.force_login(people["Bob"])
    now = timezone.now()
    over.expire_date = now - timedelta(seconds=1)
    over.save(force_insert=True)
    Sweeper().run(at=now)
    assert Session.objects.get().session_key == client.session.session_key
