"""Three kinds of slow work that never wait for each other: mail, large papers, and what happens by the clock."""

QUEUES = ("mail", "pdf", "default")
ROUTES = {"config.tasks.send_mail": {"queue": "mail"}, "desk.tasks.make_print": {"queue": "pdf"}}
