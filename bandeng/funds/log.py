"""What the ledger gives to the signed log: its transfers, in the order of their numbers."""

from bandeng.trail.sources import Source

TRANSFERS = Source("transfer", "funds_transfer", "number", "leaf")
