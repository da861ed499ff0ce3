"""Pages about places for those who answer for them: `places` knows no persons, so they lie here."""
