"""The argument: positions people hold, as levers; areas they are put on; claims, fixed before any run."""
