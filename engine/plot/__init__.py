"""What a person sees: the page of a week, its day sheets, and the list of calls."""
