"""What a text of a model does where it is rendered or run, read as that place reads it."""
