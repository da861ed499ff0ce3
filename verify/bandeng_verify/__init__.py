"""An independent check of Bandeng's books: it shares no code with what it checks."""
