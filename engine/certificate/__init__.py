"""The certificate: a schedule with whole prices, and a short proof that nothing costs much less.

A price for every chair, person and doctor at every moment turns the week into one small question
for each visit: where is its cheapest place at these prices? The sum of the answers, less what the
capacity is worth, is a lower bound on every schedule (A. Geoffrion, Lagrangean relaxation for
integer programming, Mathematical Programming Study 2, 1974). Whoever found the prices, the proof
needs arithmetic of whole numbers only. Nothing here knows the solver.

`bound.py` is the entry page of the arithmetic, `verify.py` that of the proof.
"""
