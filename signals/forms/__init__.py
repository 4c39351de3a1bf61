from signals.forms.clocks import PostponeForm, ToldForm, WmoForm
from signals.forms.feedback import ConsentForm, FeedbackForm, ReopenForm
from signals.forms.forwarding import ForwardForm, ReturnForm
from signals.forms.observation import ObservationForm, ReplyForm
from signals.forms.reporter import AnswerForm, FindForm, NotSolvedForm, PostForm, PulseForm, TalkForm
from signals.forms.team import DeclineForm, HouseholdForm

__all__ = [
    "AnswerForm", "ConsentForm", "DeclineForm", "FeedbackForm", "FindForm", "ForwardForm", "HouseholdForm",
    "NotSolvedForm", "ObservationForm", "PostForm", "PostponeForm", "PulseForm", "ReopenForm", "ReplyForm", "ReturnForm",
    "TalkForm", "ToldForm", "WmoForm",
]  # fmt: skip
