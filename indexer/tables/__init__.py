"""What a table says: the roles of its columns, exact values with units, and the places of its rows."""
