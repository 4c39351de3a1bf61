from signals.forms.feedback import ConsentForm, FeedbackForm
from signals.forms.reporter import AnswerForm, FindForm, PostForm
from signals.forms.team import DeclineForm, HouseholdForm

__all__ = ["AnswerForm", "ConsentForm", "DeclineForm", "FeedbackForm", "FindForm", "HouseholdForm", "PostForm"]
