"""Typed values that are read while their JSON arrives."""
