"""Staffing scenarios: a base, named changes, and what each of them is worth."""
