"""The model day itself: what a practice's goals ask of its days, and days that are made for them."""
