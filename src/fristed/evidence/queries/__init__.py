"""What is counted, straight from the rows. Each function reads one period of one site."""
