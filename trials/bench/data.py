"""A municipality, inside the database: one household and one signal of the application, many times over. The triggers run, so
history and derived columns are as the application would leave them."""

from households.alike import name_key, street_key
from trials.system import System

FIRST_NAMES = "Roos,Ruud,Samira,Pip,Joep,Gerrit,Fatima,Noor,Daan,Yusuf,Femke,Kees,Aylin,Sem,Greet,Bilal,Lotte,Omar,Wim"
LAST_NAMES = (
    "Bakelaar,Van den Berg,De Vries,Jansen,Bakker,Visser,Smit,Meijer,De Boer,Mulder,De Groot,Bos,Vos,Peters,Hendriks,"
    "Van Leeuwen,Dekker,Brouwer,De Wit,Dijkstra,Yilmaz,El Idrissi,Van der Meer,Willems,Hoogstraten,Kortland,Van Asselt"
)
STREETS = (
    "Kastanjepad,Rietgorslaan,Kadestraat,Rekenpad,Lindelaan,Molenweg,Dorpsstraat,Schoolstraat,Kerkstraat,Beukenhof"
)

# The keys that the application derives when it saves.
NAME_KEYS, STREET_KEYS = (
    ",".join(map(name_key, LAST_NAMES.split(","))),
    ",".join(street_key(f"{street} 1") for street in STREETS.split(",")),
)


RESIDENTS, ACTIONS, SIGNALS = 3, 10, 5  # of a household


def fill(system: System, *, number: int) -> None:
    """So many more households, with their residents, their plan, and their signals: one waits, the others are closed."""
    system.sql(
        """CREATE OR REPLACE FUNCTION one_of(words text, rank bigint) RETURNS text LANGUAGE sql IMMUTABLE
        AS $$ SELECT (string_to_array(words, ','))[1 + rank % cardinality(string_to_array(words, ','))] $$"""
    )
    [(last,)] = system.sql("SELECT max(id) FROM households_household")
    multiply(system, "households_household", number, HOUSEHOLD)
    multiply(system, "households_resident", RESIDENTS * number, RESIDENT)
    system.sql(
        "ANALYZE households_household, households_resident"
    )  # or it takes the new ones for none, and pairs all with all
    system.sql(
        f"""INSERT INTO households_householdmember SELECT (jsonb_populate_record(sample, jsonb_build_object(
             'id', nextval('households_householdmember_id_seq'), 'household_id', home.id, 'resident_id', resident.id,
             'email', '', 'phone', '06' || (10000000 + home.rank), 'phone_key', '06' || (10000000 + home.rank)))).*
           FROM households_householdmember AS sample,
             (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rank FROM households_household WHERE id > {last}) AS home
             JOIN (SELECT id, row_number() OVER (ORDER BY id DESC) - 1 AS rank FROM households_resident) AS resident
             ON home.rank = resident.rank / {RESIDENTS}
           WHERE sample.id = (SELECT min(id) FROM households_householdmember)"""
    )
    multiply(system, "signals_signal", number, SIGNAL)
    # From here on nothing is checked or kept beside it: it is what the application made before.
    homes = f"(SELECT array_agg(id ORDER BY id) FROM households_household WHERE id > {last})"
    multiply(system, "signals_signal", (SIGNALS - 1) * number, f"{SIGNAL}, {CLOSED}", homes)
    multiply(system, "plans_supportplan", number, f"'household_id', {ONE_OF_THEM}", homes)
    plans = f"(SELECT array_agg(id ORDER BY id) FROM plans_supportplan WHERE household_id > {last})"
    multiply(system, "plans_goal", number, f"'plan_id', {ONE_OF_THEM}", plans)
    goals = f"(SELECT array_agg(goal.id ORDER BY goal.id) FROM plans_goal AS goal JOIN plans_supportplan AS plan ON plan.id = goal.plan_id WHERE plan.household_id > {last})"
    multiply(system, "plans_action", ACTIONS * number, f"'goal_id', {ONE_OF_THEM}", goals)
    system.sql(
        "INSERT INTO bare_row (words, name, at) SELECT 'Er brandt nooit licht', 'Rij ' || i, now() FROM generate_series(1, 10000) i"
    )
    system.sql("ANALYZE")


# What differs from row to row; `i` counts.
HOUSEHOLD = f"""
  'number', '2025-' || (100000 + i), 'name', 'Familie ' || one_of('{LAST_NAMES}', i * 7 + i / 28),
  'address', one_of('{STREETS}', i) || ' ' || (i / 10 % 400 + 1),
  'name_key', one_of('{NAME_KEYS}', i * 7 + i / 28), 'street_key', one_of('{STREET_KEYS}', i),
  'house_key', (i / 10 % 400 + 1)::text,
  'district_id', (SELECT min(id) FROM partners_district) + i % 10"""
RESIDENT = f"""
  'first_name', one_of('{FIRST_NAMES}', i), 'last_name', one_of('{LAST_NAMES}', i * 7 + i / 28),
  'name_key', one_of('{NAME_KEYS}', i * 7 + i / 28), 'birth_date', date '1940-01-01' + (i * 37 % 28000)::int"""
SIGNAL = f"""
  'number', '2025-' || (100000 + i), 'submission', gen_random_uuid(), 'code_hash', encode(sha256(('code' || i)::bytea), 'hex'),
  'received_at', now() - (i % 40) * interval '1 day', 'answer_by', current_date - 30 + (i % 40)::int,
  'name_key', one_of('{NAME_KEYS}', i), 'street_key', '', 'house_key', '',
  'reporter_name', one_of('{FIRST_NAMES}', i) || ' ' || one_of('{LAST_NAMES}', i / 3),
  'danger_now', i % 50 = 0"""


# Of what the rows of a table belong to, each in its turn.
ONE_OF_THEM = "homes.keys[1 + (i - there) % cardinality(homes.keys)]"
CLOSED = f"""
  'status', 'CLOSED', 'closed_at', now() - (20 + i % 300) * interval '1 day', 'danger_now', false,
  'household_id', {ONE_OF_THEM}"""


def multiply(system: System, table: str, number: int, different: str, homes: str = "") -> None:
    """So many more copies of the first row in this table, whatever its columns are. With `homes`, the keys of what they
    belong to, no trigger runs."""
    found = system.sql(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'", table
    )
    columns = [column for (column,) in found]
    system.sql(
        f"""{"SET session_replication_role = replica;" if homes else ""}
        INSERT INTO {table} ({", ".join(columns)}) SELECT {", ".join(f"made.{column}" for column in columns)}
        FROM {table} AS sample, (SELECT count(*) AS there FROM {table}) AS counted, (SELECT {homes or "NULL"} AS keys) AS homes,
        LATERAL generate_series(there + 1, there + {number}) AS i,
        LATERAL jsonb_populate_record(sample, jsonb_build_object('id', nextval('{table}_id_seq'), {different})) AS made
        WHERE sample.id = (SELECT min(id) FROM {table})"""
    )
