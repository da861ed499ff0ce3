"""Questions about cases that need more than their own table."""
