"""Running draws x replicates x scenarios x structures, resumable, and the tables that come out."""
