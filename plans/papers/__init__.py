"""The plan on other papers than that of the kitchen table: whole, for one participant, and for the fridge."""
