"""Lists to begin a week with: the ledger of treatments, whom to remind, who could step in."""
