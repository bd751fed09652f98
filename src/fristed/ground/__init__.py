"""What every room stands on: site, clock, quantities, limits with source, refusal, the act's words, keys."""
