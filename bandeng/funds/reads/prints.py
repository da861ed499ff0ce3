"""The press: rows of a printing become pages, parts become one file."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from bandeng.funds.models import Printing, PrintKind, Reckoning
from bandeng.funds.reads.letters import notices
from bandeng.funds.reads.reckonings import reckoning_sheets


class Press:
    """Prints with typst; it writes nothing into the database."""

    def pages(self, printing: Printing, keys: Sequence[int], /) -> tuple[bytes | None, int]:
        """Print these rows: who paid meanwhile gets no notice."""
        account = printing.account
        if printing.kind == PrintKind.NOTICES:
            return notices(account=account, keys=keys, pay_until=printing.pay_until)
        found = Reckoning.objects.in_bulk(keys)
        content = reckoning_sheets(account=account, told=[found[key].told() for key in keys])
        return content, len(PdfReader(BytesIO(content)).pages)

    def joined(self, parts: Iterable[bytes], /) -> bytes:
        """Put PDFs one after the other into one file; what they share is kept once."""
        writer = PdfWriter()
        for part in parts:
            writer.append(BytesIO(part), import_outline=False)
        writer.compress_identical_objects()
        out = BytesIO()
        writer.write(out)
        return out.getvalue()
