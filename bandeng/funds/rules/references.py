"""stand-in"""


def reference(*, account: str, number: int) -> str:
    """X"""
    return f"RF00{account[:4].upper()}{number:06d}"
