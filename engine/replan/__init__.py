"""Changing a plan that stands: a day without somebody, a few moves, answers of patients."""
