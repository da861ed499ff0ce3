"""Pages about people; and what pages of other rooms may rely on behind the sign-in wall."""

from bandeng.people.views.signed_in import SignedIn

__all__ = ["SignedIn"]
