"""What each check is known to find, and to leave alone: of one file of checks, one file here."""
