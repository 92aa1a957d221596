"""What opens doors: keys, tokens, passwords, each by its provider's shape or by its name."""
