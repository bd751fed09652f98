"""What readers do: looking is an act too."""
