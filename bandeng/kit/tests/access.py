"""Anybody may choose a language and large print, signed in or not."""

ACCESS = {"kit:prefer": {"POST": (302, 302, 302, 302, 302)}}


def values(world):
    return {}


def data(world):
    return {"kit:prefer": {"language": "en", "next": "/"}}
