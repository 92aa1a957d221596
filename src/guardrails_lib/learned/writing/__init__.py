"""What the project has written itself, to learn from."""
