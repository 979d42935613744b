"""The page for people at `/`: plain HTML, CSS and JavaScript, no build step, nothing of others."""
