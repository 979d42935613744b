"""What a request does, one file for each verb; no arithmetic and no rules of its own."""
