from signals.forms.clocks import CounterForm, PersonalPlanForm, PostponeForm, ToldForm, WmoForm
from signals.forms.feedback import ConsentForm, FeedbackForm, ReopenForm
from signals.forms.forwarding import ForwardForm, ReturnForm
from signals.forms.inbox import FilterForm
from signals.forms.observation import ObservationForm, ReplyForm
from signals.forms.reporter import AnswerForm, FindForm, NotSolvedForm, PostForm, PulseForm, TalkForm
from signals.forms.team import DeclineForm, HouseholdForm, HouseholdSearchForm
from signals.forms.together import DetachForm, PartForm

__all__ = [
    "AnswerForm", "ConsentForm", "CounterForm", "DeclineForm", "DetachForm", "FeedbackForm", "FilterForm", "FindForm",
    "ForwardForm", "HouseholdForm", "HouseholdSearchForm", "NotSolvedForm", "ObservationForm", "PartForm",
    "PersonalPlanForm", "PostForm", "PostponeForm", "PulseForm", "ReopenForm", "ReplyForm", "ReturnForm", "TalkForm",
    "ToldForm", "WmoForm",
]  # fmt: skip
