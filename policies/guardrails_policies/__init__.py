"""Policies to read, import and copy: one module, one constant."""
