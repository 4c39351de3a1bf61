def kitchen_table(plan) -> bytes:
    raise RuntimeError("soon")
