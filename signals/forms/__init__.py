from signals.forms.feedback import ConsentForm, FeedbackForm, ReopenForm
from signals.forms.observation import ObservationForm, ReplyForm
from signals.forms.reporter import AnswerForm, FindForm, NotSolvedForm, PostForm, PulseForm, TalkForm
from signals.forms.team import DeclineForm, HouseholdForm

__all__ = [
    "AnswerForm", "ConsentForm", "DeclineForm", "FeedbackForm", "FindForm", "HouseholdForm", "NotSolvedForm", "ObservationForm", "PostForm",
    "PulseForm", "ReopenForm", "ReplyForm", "TalkForm",
]  # fmt: skip
