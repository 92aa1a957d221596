"""What makes values that fit a JSON Schema: its parts merged, planned, and drawn."""
