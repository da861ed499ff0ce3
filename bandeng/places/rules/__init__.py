"""The places' rules. Pure: no database, no clock."""
