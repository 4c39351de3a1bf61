"""Who can have authority over whom. Said in words for the form; the database refuses the worst itself."""

from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from households.models import Custody, Resident
from households.models.people import ADULT


class Objection(TextChoices):
    """Why somebody can not have this authority."""

    SELF = "SELF", _("Nobody has authority over himself or herself. Choose somebody else.")
    TOO_YOUNG = "TOO_YOUNG", _("This person is younger than 18. Choose an adult.")
    CIRCLE = "CIRCLE", _("That runs in a circle: this person is under that authority already. Look who is who.")
    UNDER_CURATOR = (
        "UNDER_CURATOR",
        _("This person has a curator, and can not decide for somebody else. Choose another."),
    )
    OF_ADULT = (
        "OF_ADULT",
        _("Who is 18 has no parent with authority or guardian any more. Choose mentor, curator or administrator."),
    )
    OF_CHILD = (
        "OF_CHILD",
        _("A mentor, curator or administrator begins at 18 at the earliest. Look at the day it begins."),
    )

    @property
    def is_about_holder(self) -> bool:
        return self not in (Objection.OF_ADULT, Objection.OF_CHILD)


def objection(*, resident: Resident, holder: Resident | None, kind: str, on: date) -> Objection | None:
    """What speaks against it, from the day `on`. A holder who is new is not known to be anything."""
    for_child, age = kind in Custody.FOR_CHILDREN, resident.age(on=on)
    if holder is not None:
        if holder == resident:
            return Objection.SELF
        holder_age = holder.age(on=on)
        if holder_age is not None and holder_age < ADULT:
            return Objection.TOO_YOUNG
        if resident in above(holder, for_child=for_child):
            return Objection.CIRCLE
        if Custody.objects.current().filter(resident=holder, kind=Custody.Kind.CURATOR).exists():
            return Objection.UNDER_CURATOR  # BW 1:246, 1:383, 1:435 and 1:452
    if age is None:
        return None
    if for_child and age >= ADULT:
        return Objection.OF_ADULT
    return Objection.OF_CHILD if not for_child and age < ADULT else None


def above(resident: Resident, *, for_child: bool) -> set[Resident]:
    """Everybody who decides about this person, or about who does, and so on."""
    found: set[Resident] = set()
    level = {resident}
    while level:
        rows = Custody.objects.not_over().filter(resident__in=level).select_related("holder")
        level = {one.holder for one in rows if one.is_for_children == for_child} - found
        found |= level
    return found
