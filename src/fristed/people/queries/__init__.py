"""What is read about people: the directory of codes, a person's page, their own record."""
