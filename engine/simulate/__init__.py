"""The practice year: patients come, are treated and leave, and a policy fills every week.

`engine.simulate.year` is the entry page of one year, `engine.simulate.replicate` of many.
"""
