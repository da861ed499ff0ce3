"""The keys with which people approve: told to the log before they count."""

from datetime import datetime
from hashlib import sha256

from bandeng.funds.actions._ledger import _refusals
from bandeng.funds.models import SigningKey, Strength
from bandeng.kit.act import action
from bandeng.people.models import Person
from bandeng.trail.actions import record


@action
def enrol_key(
    *,
    credential: bytes,
    public_key: bytes,
    name: str,
    strength: Strength = Strength.PASSKEY,
    by: Person,
    at: datetime,
) -> SigningKey:
    """Register the public half of a person's own key; the same key again gives the first."""
    known = SigningKey.objects.filter(credential=credential, person=by).first()
    if known:
        return known
    with _refusals():
        key = SigningKey.objects.create(
            person=by,
            credential=credential,
            public_key=public_key,
            name=name,
            strength=strength,
            at=at,
        )
    record(
        thread=by.thread, verb="key.enrolled", by=by.token, subject=by.token, at=at,
        public={"key": sha256(public_key).hexdigest()},
    )  # fmt: skip
    return key
