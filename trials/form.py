"""What a reporter fills in."""


def filled_in(submission: str, *, name: str = "Ilse Waanders", email: str = "ilse@kraamzorg.example") -> dict[str, str]:
    return {
        "submission": submission,
        "danger_now": "nee",
        "observation": "De gang staat vol dozen, en zij lacht het weg. De kinderen spelen buiten, ook als het donker is.",
        "discussed": "AGREED",
        "about_name": "Familie Zonnedauw",
        "about_address": "Nergenspad 99",
        "reporter_name": name,
        "reporter_function": "kraamverzorgende",
        "reporter_contact": email,
        "reporter_phone": "000-000 03 02",
    }
