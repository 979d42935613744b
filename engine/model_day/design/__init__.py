"""Designing model days: the month, the places of cells on each day type, and several ways."""
