"""Runs, inputs, incumbents, events, keys and the audit log, in SQLite or PostgreSQL."""
