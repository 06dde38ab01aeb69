"""Messages to one person: in the product and by e-mail."""
