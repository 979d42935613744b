"""Lists of ETags as they stand in If-Match and If-None-Match."""


def names(header: str, etag: str) -> bool:
    """True where the header names this tag, or any by `*`."""
    tags = [tag.strip().removeprefix("W/") for tag in header.split(",")]
    return "*" in tags or etag in tags
