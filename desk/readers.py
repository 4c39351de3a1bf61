"""To whom a letter of one household can go: who lives there, who is close, and who helps and has no mail."""

from django.db.models import Q

from households import letters
from households.letters import Reader
from households.models import Household
from partners.models import Professional
from plans.models import Action, SupportPlan
from plans.papers.described import may_stand_here
from plans.pdf import before, begins


def readers_of(household: Household) -> dict[str, Reader]:
    """By what stands in the address of the letter."""
    members = household.members.select_related("resident", "household__team", "household__coordinator")
    return (
        {f"bewoner-{one.pk}": letters.to_resident(one) for one in members}
        | {f"naaste-{one.pk}": letters.to_contact(household, one) for one in household.network.current()}
        | {f"hulp-{one.pk}": letters.to_professional(household, one) for one in helpers_without_mail(household)}
    )


def helpers_without_mail(household: Household) -> list[Professional]:
    """Whom the app can not mail an invitation or a reminder."""
    owners = own_actions(household).exclude(owner_professional=None).values("owner_professional")
    circle = household.circle.active().values("professional")
    found = Professional.objects.active().filter(Q(pk__in=owners) | Q(pk__in=circle), email=None)
    return list(found.select_related("organisation").order_by("first_name", "pk"))


def own_actions(household: Household):
    plans = SupportPlan.objects.filter(household=household).open()
    return Action.objects.open().filter(goal__plan__in=plans)


def own_steps(reader: Reader) -> list[dict[str, str]]:
    """What this one person would still do. Nothing about safety: a letter lies around."""
    mine = own_actions(reader.household).filter(owner_contact=reader.contact, owner_professional=reader.professional)
    return [
        {"what": action.what, "when": begins(action) or before(action.due_on)}
        for action in mine.with_owner().select_related("goal").order_by("due_on", "pk")
        if may_stand_here(action.goal)
    ]
