"""The cases' rules. Pure: no database, no clock."""
