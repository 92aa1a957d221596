"""Addresses of documents: what a browser reads in them, and which are listed."""
