"""What people read: figures, tables, verdict cards, on one page that needs no script."""
