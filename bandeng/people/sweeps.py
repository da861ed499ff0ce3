"""What this room clears away by itself."""

from datetime import datetime, timedelta

from django.contrib.sessions.backends.db import SessionStore


def ended_sessions(*, at: datetime) -> None:  # noqa: ARG001  # Django asks the clock itself
    """Delete the sessions that are over: signing in leaves a phone number in them, sealed."""
    SessionStore.clear_expired()


SWEEPS = [(timedelta(hours=1), ended_sessions)]
