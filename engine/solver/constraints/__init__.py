"""One file per rule. Column rules give windows of start minutes; row rules add rows."""
