"""Two households that may be one: when must they stay apart? Somebody who left can be found by who was left behind, and what a
mother tells is not for a father. When in doubt they stay apart: whoever is sure can write everybody down in one of the two
first, and then nobody is in the other alone."""

from households.alike import house_key, name_key, same_first_name, street_key
from households.models import Custody, Household, Resident
from households.models.people import ADULT


def must_stay_apart(one: Household, other: Household) -> bool:
    """Of another team, closed or one already, or somebody can be hurt: an address is protected and they do not live at the same one, or
    a child has a home with each of its parents. The caller says no more than this: also a reason can be a secret."""
    if one.pk == other.pk or one.team_id != other.team_id or {one.status, other.status} != {Household.Status.OPEN}:
        return True
    if (one.address_protected or other.address_protected) and not same_address(one, other):
        return True
    return two_homes_of_a_child(one, other)


def same_address(one: Household, other: Household) -> bool:
    keys = [(street_key(each.address), house_key(each.address)) for each in (one, other)]
    return keys[0] == keys[1] and keys[0][0] != ""


def two_homes_of_a_child(one: Household, other: Household) -> bool:
    """Each has an adult who is not in the other, and a child is in both, or both adults decide about the same child."""
    ours, theirs = residents_of(one), residents_of(other)
    only_ours = [each for each in ours if is_adult(each) and not in_both(each, theirs)]
    only_theirs = [each for each in theirs if is_adult(each) and not in_both(each, ours)]
    if not only_ours or not only_theirs:
        return False
    if any(in_both(each, theirs) for each in ours if (each.age() or 0) < ADULT):  # also when the age is not known
        return True
    about = [
        set(Custody.objects.filter(holder__in=who, kind__in=Custody.FOR_CHILDREN).values_list("resident", flat=True))
        for who in (only_ours, only_theirs)
    ]
    return bool(about[0] & about[1])


def other_adults(one: Household, other: Household) -> bool:
    """Is there an adult in each who is not in the other? Then somebody should say that they really live together."""
    ours, theirs = residents_of(one), residents_of(other)
    return any(is_adult(each) and not in_both(each, theirs) for each in ours) and any(
        is_adult(each) and not in_both(each, ours) for each in theirs
    )


def residents_of(household: Household) -> list[Resident]:
    return [member.resident for member in household.members.select_related("resident")]


def is_adult(resident: Resident) -> bool:
    age = resident.age()
    return age is None or age >= ADULT


def in_both(resident: Resident, others: list[Resident]) -> bool:
    return any(same_person(resident, other) for other in others)


def same_person(one: Resident, other: Resident) -> bool:
    """Written down once in both, or twice: born on one day with a first name that looks alike; or the very name, while a birth
    date is not known."""
    if one.pk == other.pk:
        return True
    first = same_first_name(one.first_name, other.first_name)
    if one.birth_date and other.birth_date:
        return first and one.birth_date == other.birth_date
    return first and name_key(one.last_name) == name_key(other.last_name)


def surely_the_same(one: Resident, other: Resident) -> bool:
    """The same to the letter, and born on the same known day."""
    facts = [(each.full_name.casefold(), each.birth_date) for each in (one, other)]
    return facts[0] == facts[1] and one.birth_date is not None
