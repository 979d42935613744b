"""The model day itself: what goals ask of a practice's days, and days that are made for them."""
