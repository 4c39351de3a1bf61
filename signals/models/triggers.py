"""What the database refuses about a signal, whoever asks."""

# Of a part, the reporter is that of the whole.
CLOSED_WITH_ANSWER = """
whole := coalesce(NEW.part_of_id, NEW.id);
since := NEW.taken_up_at;
IF NEW.part_of_id IS NOT NULL THEN
    SELECT taken_up_at INTO since FROM signals_signal WHERE id = whole;
END IF;
IF NEW.status = 'CLOSED' AND NOT EXISTS (
    SELECT 1 FROM signals_message AS answer
    WHERE answer.signal_id = whole AND answer.tells_outcome AND answer.author_id IS NOT NULL
      AND (since IS NULL OR answer.sent_at >= since)
      AND NOT EXISTS (
        SELECT 1 FROM signals_message AS later
        WHERE later.signal_id = whole AND later.direction = 'THEIRS' AND later.id > answer.id
      )
      AND NOT EXISTS (SELECT 1 FROM signals_message AS better WHERE better.corrects_id = answer.id)
      AND NOT EXISTS (
        SELECT 1 FROM signals_reopening AS opened WHERE opened.signal_id = whole AND opened.after_id >= answer.id
      )
) THEN
    RAISE EXCEPTION 'signal % can not be closed: its reporter has no answer', NEW.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signal_closed_with_answer';
END IF;
RETURN NEW;
"""
# A closed signal does not come back by itself: somebody said why.
OPENED_WITH_REASON = """
IF OLD.status = 'CLOSED' AND NEW.status <> 'CLOSED' AND NOT EXISTS (
    SELECT 1 FROM signals_reopening AS opened WHERE opened.signal_id = NEW.id AND opened.at >= OLD.closed_at
) THEN
    RAISE EXCEPTION 'signal % is closed: it opens again only with a reason', NEW.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signal_opened_with_reason';
END IF;
RETURN NEW;
"""

FORWARDED_WHEN_ACCEPTED = """
IF NEW.status = 'FORWARDED' AND NOT EXISTS (
    SELECT 1 FROM signals_forward AS forward WHERE forward.signal_id = NEW.id AND forward.accepted_at IS NOT NULL
) THEN
    RAISE EXCEPTION 'signal % is not forwarded: nobody accepted it', NEW.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signal_forwarded_when_accepted';
END IF;
RETURN NEW;
"""

# One signal leads a case and the others go with it; a part is of a whole. Never in a chain, and always of one team.
HANGS_ON_ONE = """
IF NEW.goes_with_id IS NOT NULL AND (
    EXISTS (SELECT 1 FROM signals_signal AS follower WHERE follower.goes_with_id = NEW.id)
    OR NOT EXISTS (
        SELECT 1 FROM signals_signal AS ahead
        WHERE ahead.id = NEW.goes_with_id AND ahead.goes_with_id IS NULL AND ahead.team_id = NEW.team_id
    )
) THEN
    RAISE EXCEPTION 'signal % can not go with that one', NEW.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signal_goes_with_one';
END IF;
IF NEW.part_of_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM signals_signal AS whole
    WHERE whole.id = NEW.part_of_id AND whole.part_of_id IS NULL AND whole.team_id = NEW.team_id
) THEN
    RAISE EXCEPTION 'signal % can not be a part of that one', NEW.number
        USING ERRCODE = 'check_violation', CONSTRAINT = 'signal_part_of_a_whole';
END IF;
RETURN NEW;
"""
