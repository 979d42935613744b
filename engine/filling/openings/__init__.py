"""Openings for one visit while the caller is on the line: no solve, arrays of free time alone.

`open_book.py` is the entry page. The rules are those of the fill by hand (`engine.filling.
occupancy`), which also seats what is booked; here they are asked of all dates at once.
"""
