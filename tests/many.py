"""A municipality with a hundred thousand households and as many signals, made in a few statements past the models, for what
only shows at that size. The names are those of the telephone book, as unevenly spread as they are there."""

from random import Random

from django.db import connection

from households.alike import house_key, name_key, street_key
from households.looking import ways
from partners.models import Organisation, Professional, Team
from tests.helpers import sql

SURNAMES = [
    "de Jong",
    "Jansen",
    "de Vries",
    "van den Berg",
    "van Dijk",
    "Bakker",
    "Janssen",
    "Visser",
    "Smit",
    "Meijer",
    "de Boer",
    "Mulder",
    "de Groot",
    "Bos",
    "Vos",
    "Peters",
    "Hendriks",
    "van Leeuwen",
    "Dekker",
    "Brouwer",
    "de Wit",
    "Dijkstra",
    "Smits",
    "de Graaf",
    "van der Meer",
    "van der Linden",
    "Kok",
    "Jacobs",
    "de Haan",
    "Vermeulen",
    "van den Heuvel",
    "van der Veen",
    "van den Broek",
    "de Bruijn",
    "de Bruin",
    "van der Heijden",
    "Schouten",
    "van Beek",
    "Willems",
    "van Vliet",
    "van de Ven",
    "Hoekstra",
    "Maas",
    "Verhoeven",
    "Koster",
    "van Dam",
    "van der Wal",
    "Prins",
    "Blom",
    "Huisman",
    "Peeters",
    "de Koning",
    "Kuipers",
    "van Veen",
    "Jonker",
    "van den Brink",
    "van Wijk",
    "Yilmaz",
    "Kaya",
    "El Idrissi",
    "Bouali",
    "Nguyen",
    "Singh",
    "Ozturk",
    "Celik",
    "Ramdin",
    "Pinas",
]
SYLLABLES = "bak el kamp horst veld wou ter hui zen dro sten mul rie ver gelder lo nij ke brin ma hof sluis te ren ha ge wes".split()  # noqa: SIM905  # a line of words
FIRST = "Anna Jan Maria Piet Fatima Mohammed Sanne Daan Emma Noah Lotte Sem Julia Ali Eva Lars Samira Kees Ilse Ruud".split()  # noqa: SIM905  # a line of words
STREETS = "straat laan weg plein singel gracht kade pad hof dijk".split()  # noqa: SIM905  # a line of words


def households(team: Team, by: Professional, others: Professional, number: int) -> None:
    """Each with two residents; `by` coordinates one in two thousand."""
    chance = Random(1)
    names = [*(name for rank, name in enumerate(SURNAMES) for _ in range(60 // (rank + 2) + 1)), *rare(chance, 4000)]
    streets = [f"{name}{end}" for name in rare(chance, 300) for end in chance.sample(STREETS, 5)]
    rows, keys = [], {text: name_key(text) for text in {*names}}
    street_keys = {street: street_key(f"{street} 1") for street in streets}
    for _ in range(number):
        name, street = chance.choice(names), chance.choice(streets)
        house = f"{chance.randint(1, 250)}{chance.choice(['', '', '', 'a', 'b', '-2'])}"
        rows.append(
            (name, f"{street} {house}", keys[name], street_keys[street], house_key(f"x {house}"), chance.choice(FIRST))
        )
    columns = [list(column) for column in zip(*rows, strict=True)]
    quietly(
        """
        WITH made AS (
            INSERT INTO households_household (number, name, address, address_protected, team_id, coordinator_id,
                coordinator_since, status, request_in_own_words, strengths, next_step, made_at, name_key, street_key, house_key)
            SELECT '1999-' || lpad(rank::text, 6, '0'), name, address, false, %s, CASE WHEN rank %% 2000 = 1 THEN %s ELSE %s END, now(), 'OPEN', '', '', '', now(), name_key, street_key, house_key
            FROM unnest(%s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[])
                WITH ORDINALITY AS row(name, address, name_key, street_key, house_key, first_name, rank)
            RETURNING id, name, name_key
        ), people AS (
            INSERT INTO households_resident (first_name, last_name, birth_date, name_key)
            SELECT (%s::text[])[1 + (made.id * 7 + who) %% 20], made.name, date '1940-01-01' + (made.id * 37 + who)::int %% 30000,
                made.name_key
            FROM made, generate_series(0, 1) AS who
            RETURNING id
        ), homes AS (SELECT id, row_number() OVER (ORDER BY id) AS rank FROM made)
        INSERT INTO households_householdmember (household_id, resident_id, lives_here, phone, phone_key, email, contact_by, contact_through,
            contact_note, languages, needs_interpreter, rather_not_reads, wishes)
        SELECT homes.id, lives.id, true, '', '', '', 'PHONE', '', '', '', false, false, ''
        FROM (SELECT id, row_number() OVER (ORDER BY id) AS rank FROM people) AS lives
        JOIN homes ON homes.rank = (lives.rank + 1) / 2
        """,
        team.pk, by.pk, others.pk, *columns, FIRST,
    )  # fmt: skip
    for table in ("household", "resident", "householdmember"):
        sql(f"ANALYZE households_{table}")


def signals(team: Team, organisation: Organisation, by: Professional, others: Professional, number: int) -> None:
    """All open, of the last year: one in ten is new, of half the reporter has had no answer yet, and `by` works on one in
    five hundred."""
    chance = Random(2)
    names = [*SURNAMES, *rare(chance, 2000)]
    quietly(
        """
        INSERT INTO signals_signal (number, team_id, organisation_id, received_at, submission, observation, about_name,
            about_address, discussed, not_yet_because, names_because, resident_agrees_to_feedback, danger_now, reporter_name,
            reporter_function, reporter_email, reporter_phone, code, code_hash, pin_hash, status, read_by, answer_by,
            taken_up_by_id, taken_up_at, declined_because, first_answer_at, first_read_at, inform_due, code_failures, name_key, street_key,
            house_key, category, domains, strengths, wish)
        SELECT '1999-' || lpad(rank::text, 6, '0'), %s, %s, now() - rank * interval '5 minutes', gen_random_uuid(), '', name, '', 'AGREED', '', '', false,
            rank %% 5000 = 0, 'Iemand', '', '', '', '', md5(rank::text), '',
            CASE WHEN rank %% 10 = 0 THEN 'RECEIVED' ELSE 'TAKEN_UP' END,
            current_date - rank::int / 288, current_date - rank::int / 288 + 6,
            CASE WHEN rank %% 10 = 0 THEN NULL WHEN rank %% 500 = 1 THEN %s ELSE %s END, CASE WHEN rank %% 10 = 0 THEN NULL ELSE now() END, '',
            CASE WHEN rank %% 2 = 1 THEN now() END, CASE WHEN rank %% 10 != 0 THEN now() END, current_date + 30, 0, name_key, '', '', '', '{}', '', ''
        FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS row(name, name_key, rank)
        """,
        team.pk, organisation.pk, by.pk, others.pk, *map(list, zip(*((name, name_key(name)) for name in chance.choices(names, k=number)), strict=True)),
    )  # fmt: skip
    sql("ANALYZE signals_signal")


def rare(chance: Random, number: int) -> list[str]:
    """Names that nobody else has."""
    return ["".join(chance.choices(SYLLABLES, k=chance.choice([2, 3]))).capitalize() for _ in range(number)]


def quietly(query: str, *values: object) -> None:
    """Without triggers: no history of what never happened."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(query, values)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def plan_of(rows) -> dict:
    """How the database finds these rows, and how long that took."""
    ((plan,),) = sql_of(rows, "EXPLAIN (ANALYZE, FORMAT JSON) ")
    return plan[0]


def sql_of(rows, before: str):
    query, values = rows.query.sql_with_params()
    return sql(before + query, *values)


def searches(reach, wanted):
    """The searches by which look-alikes are found, each apart."""
    return ways(reach, wanted)


def nodes(plan: dict) -> list[dict]:
    """Each step of a plan."""
    found = [plan["Plan"]] if "Plan" in plan else [plan]
    for below in found[0].get("Plans", []):
        found += nodes(below)
    return found
