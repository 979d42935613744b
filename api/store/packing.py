"""Documents as they are kept: compressed text."""

import zlib


def pack(text: bytes) -> bytes:
    """Compressed; a practice's JSON becomes a tenth of its size."""
    return zlib.compress(text, level=1)


def unpack(packed: bytes) -> bytes:
    """The text again."""
    return zlib.decompress(packed)
