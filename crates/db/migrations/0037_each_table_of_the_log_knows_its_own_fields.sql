-- One function for two tables named fields that only one of them has, and so refused more than it should, in words that nobody
-- understands. Each table looks at its own.
CREATE OR REPLACE FUNCTION log_is_never_rewritten() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('moot.redacting', true) = 'on' THEN
        IF TG_TABLE_NAME = 'log_entries' THEN
            IF (OLD.seq, OLD.id, OLD.at, OLD.type, OLD.field_commitments, OLD.private_commitment, OLD.prev, OLD.leaf)
                   IS NOT DISTINCT FROM
                   (NEW.seq, NEW.id, NEW.at, NEW.type, NEW.field_commitments, NEW.private_commitment, NEW.prev, NEW.leaf)
               AND only_withheld(OLD.field_commitments, OLD.public, NEW.public, OLD.field_salts, NEW.field_salts)
               AND (NEW.domain IS NULL OR NEW.domain = OLD.domain)
               AND (NEW.target_pseudonym IS NULL OR NEW.target_pseudonym = OLD.target_pseudonym) THEN
                RETURN NEW;
            END IF;
        ELSIF TG_TABLE_NAME = 'log_private' THEN
            IF (OLD.seq, OLD.salt, OLD.commitments, OLD.at)
                   IS NOT DISTINCT FROM
                   (NEW.seq, NEW.salt, NEW.commitments, NEW.at)
               AND only_withheld(OLD.commitments, OLD.private, NEW.private, OLD.salts, NEW.salts) THEN
                RETURN NEW;
            END IF;
        END IF;
    END IF;
    RAISE EXCEPTION 'the log is never rewritten' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
