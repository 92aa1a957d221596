"""A support bot on a scripted model: five calls that end in five different ways."""
