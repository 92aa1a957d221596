"""Tools as they are given to a model, and what each of them takes."""
