"""Addresses, what is told, and how far it has come."""

from bandeng.post.actions.addresses import (
    AddressRefused,
    NoSuchAddress,
    drop_address,
    forget,
    set_address,
)
from bandeng.post.actions.deliveries import Attempt, deliver_next, requeue
from bandeng.post.actions.messages import mark_all_read, mark_read, tell

__all__ = [
    "AddressRefused",
    "Attempt",
    "NoSuchAddress",
    "deliver_next",
    "drop_address",
    "forget",
    "mark_all_read",
    "mark_read",
    "requeue",
    "set_address",
    "tell",
]
