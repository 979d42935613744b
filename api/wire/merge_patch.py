"""JSON Merge Patch: P. Hoffman, J. Snell, RFC 7396, 2014, section 2."""

from typing import Any


def merge_patch(target: Any, patch: Any) -> Any:
    """The target with the patch applied; None removes a key, lists are replaced whole."""
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = merge_patch(merged.get(name), value)
    return merged
