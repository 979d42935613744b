"""Why a visit is where it is, or nowhere, and the cheapest way out."""
