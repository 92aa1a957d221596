"""What an answer cites, where that is in its sources, and whether they hold the answer."""
