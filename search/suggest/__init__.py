"""What to try when a query finds nothing: corrections, the other keyboard layout, fewer words."""
