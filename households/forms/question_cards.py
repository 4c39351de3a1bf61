from django import forms

from config.forms import LongText
from households.guide import STEPS, cards_of
from partners.models import Team


class QuestionCardsForm(forms.Form):
    """The questions of a team, by step of the guide: one on each line."""

    def __init__(self, *args, team: Team, **kwargs):
        cards = cards_of(team)
        kwargs["initial"] = {step: "\n".join(asked) for step, asked in cards.items()}
        super().__init__(*args, **kwargs)
        self.fields = {step.key: LongText(label=step.title, required=False, rows=4) for step in STEPS}
