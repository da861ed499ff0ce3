"""How money, areas and times are written on a page."""

from decimal import Decimal

FEN = Decimal(100)  # in a yuan; also: 0.01 m² in a m²


def yuan(fen: int) -> Decimal:
    """Give the sum in yuan, to the fen."""
    return (Decimal(fen) / FEN).quantize(Decimal("0.01"))


def money(fen: int, *, language: str) -> str:
    """Write a sum in words of the language: 2,998,765.43 元, ¥2,998,765.43."""
    if language == "en":
        return f"{'-' if fen < 0 else ''}¥{abs(yuan(fen)):,}"
    return f"{yuan(fen):,} 元"


def floor_area(hundredths: int) -> str:
    """Write a floor area: 8850 → 88.50 m²."""
    return f"{yuan(hundredths):,} m²"
