"""How pages are made from templates: the environment they stand in, the parts every page uses, and dates as people say them."""
