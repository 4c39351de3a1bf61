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


def fill(system: System, *, number: int) -> None:
    """So many more households, each with a resident, and so many signals."""
    system.sql(
        """CREATE OR REPLACE FUNCTION one_of(words text, rank bigint) RETURNS text LANGUAGE sql IMMUTABLE
        AS $$ SELECT (string_to_array(words, ','))[1 + rank % cardinality(string_to_array(words, ','))] $$"""
    )
    multiply(system, "households_household", number, HOUSEHOLD)
    multiply(system, "households_resident", number, RESIDENT)
    system.sql(
        """INSERT INTO households_householdmember SELECT (jsonb_populate_record(sample, jsonb_build_object(
             'id', nextval('households_householdmember_id_seq'), 'household_id', home.id, 'resident_id', resident.id,
             'email', '', 'phone', '06' || (10000000 + home.rank), 'phone_key', '06' || (10000000 + home.rank)))).*
           FROM households_householdmember AS sample,
             (SELECT id, row_number() OVER (ORDER BY id) AS rank FROM households_household) AS home
             JOIN (SELECT id, row_number() OVER (ORDER BY id) AS rank FROM households_resident) AS resident USING (rank)
           WHERE sample.id = (SELECT min(id) FROM households_householdmember) AND NOT EXISTS (SELECT 1 FROM households_householdmember AS there WHERE there.household_id = home.id)"""
    )
    multiply(system, "signals_signal", number, SIGNAL)
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


def multiply(system: System, table: str, number: int, different: str) -> None:
    """So many more copies of the first row in this table, whatever its columns are."""
    found = system.sql(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'", table
    )
    columns = [column for (column,) in found]
    [(there,)] = system.sql(f"SELECT count(*) FROM {table}")
    system.sql(
        f"""INSERT INTO {table} ({", ".join(columns)}) SELECT {", ".join(f"made.{column}" for column in columns)}
        FROM {table} AS sample, generate_series({there + 1}, {there + number}) AS i,
        LATERAL jsonb_populate_record(sample, jsonb_build_object('id', nextval('{table}_id_seq'), {different})) AS made
        WHERE sample.id = (SELECT min(id) FROM {table})"""
    )
