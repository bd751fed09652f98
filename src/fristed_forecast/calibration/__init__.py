"""Calibration: which of the wide numbers agree with what was counted. Targets are named, hold-outs are in a file
that this process does not read; `fristed-forecast calibrate` makes the posterior again."""
