"""What kind of thing is said: in which language, how surely, whether it is a refusal."""
