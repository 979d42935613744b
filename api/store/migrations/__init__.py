"""Migrations of the store, run when the service starts."""
