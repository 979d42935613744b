"""The start-count model of a fill: columns, rules, objective, search, matching and seating."""
