"""How little of a number is shown until somebody says why they need more."""


def masked_id(*, number: str) -> str:
    """Give province, city and the last two characters: 4302************1X."""
    return number[:4] + "*" * (len(number) - 6) + number[-2:] if len(number) > 6 else ""


def masked_email(*, address: str) -> str:
    """Give the first letter and the domain: w***@example.org."""
    local, at, domain = address.partition("@")
    return f"{local[:1]}***{at}{domain}" if address else ""
