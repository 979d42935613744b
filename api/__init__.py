"""The engine over HTTP: no arithmetic and no rules here, only the wire."""
