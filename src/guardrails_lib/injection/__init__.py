"""What of a text gives a model orders: phrases, frames, roles and hidden places."""
