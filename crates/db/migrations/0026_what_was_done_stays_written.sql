-- One chain: each entry commits to the one before and to what is not shown of it. The crate `ledger` says how.
CREATE TABLE log_entries (
    seq                 bigint PRIMARY KEY,
    id                  bigint NOT NULL CONSTRAINT log_entries_id_key UNIQUE,
    -- Cut to what is published.
    at                  timestamptz NOT NULL,
    type                text COLLATE "C" NOT NULL,
    -- Fields as they are shown; one that was redacted is missing here and in the salts.
    public              jsonb NOT NULL,
    field_salts         jsonb NOT NULL,
    field_commitments   jsonb NOT NULL,
    private_commitment  bytea NOT NULL,
    prev                bytea NOT NULL,
    leaf                bytea NOT NULL,
    -- For filters, from the public part.
    domain              text COLLATE "C",
    target_pseudonym    text COLLATE "C"
);
CREATE INDEX log_entries_type_idx ON log_entries (type, seq);
CREATE INDEX log_entries_domain_idx ON log_entries (domain, seq) WHERE domain IS NOT NULL;
CREATE INDEX log_entries_target_idx ON log_entries (target_pseudonym, seq) WHERE target_pseudonym IS NOT NULL;

-- For moderators and board. Reasons and evidence go when their time is over; their commitments stay.
CREATE TABLE log_private (
    seq          bigint PRIMARY KEY CONSTRAINT log_private_entry_fkey REFERENCES log_entries,
    salt         bytea NOT NULL,
    -- Fields as they are; evidence whose time is over is missing here and in the salts.
    private      jsonb NOT NULL,
    salts        jsonb NOT NULL,
    commitments  jsonb NOT NULL,
    -- To the second and beyond.
    at           timestamptz NOT NULL
);
CREATE INDEX log_private_evidence_idx ON log_private (at) WHERE salts <> '{}';

-- The newest entry, locked by whoever appends: one at a time.
CREATE TABLE log_head (
    only_row  boolean PRIMARY KEY DEFAULT true CONSTRAINT log_head_is_one_row CHECK (only_row),
    seq       bigint NOT NULL,
    leaf      bytea NOT NULL,
    -- Roots of the perfect trees that the entries so far make up, largest first.
    frontier  bytea[] NOT NULL
);
INSERT INTO log_head (seq, leaf, frontier) VALUES (0, decode(repeat('00', 32), 'hex'), '{}');

-- Keys that sign checkpoints; private parts sealed with the master key. The open one has no end.
CREATE TABLE log_keys (
    id           bigint PRIMARY KEY,
    verifier     text COLLATE "C" NOT NULL,
    sealed       bytea NOT NULL,
    from_seq     bigint NOT NULL,
    until_seq    bigint,
    created_at   timestamptz NOT NULL
);

CREATE TABLE log_checkpoints (
    size     bigint PRIMARY KEY,
    root     bytea NOT NULL,
    -- The signed note.
    note     text NOT NULL,
    at       timestamptz NOT NULL
);

-- Whether nothing but whole fields that stand as commitments was taken away, each with its salt.
CREATE FUNCTION only_withheld(
    commitments jsonb, old_values jsonb, new_values jsonb, old_salts jsonb, new_salts jsonb
) RETURNS boolean
LANGUAGE sql IMMUTABLE AS $$
    SELECT NOT EXISTS (
               SELECT 1 FROM jsonb_each(new_values) field
                WHERE old_values -> field.key IS DISTINCT FROM field.value)
       AND NOT EXISTS (
               SELECT 1 FROM jsonb_each(new_salts) salt
                WHERE old_salts -> salt.key IS DISTINCT FROM salt.value)
       AND NOT EXISTS (
               SELECT 1 FROM jsonb_object_keys(old_values) name
                WHERE NOT new_values ? name AND NOT commitments ? name)
       AND NOT EXISTS (
               SELECT 1 FROM jsonb_object_keys(old_salts) name
                WHERE (new_salts ? name) <> (new_values ? name))
$$;

-- The log is written, never rewritten. Only a redaction, and evidence whose time is over, take something away.
CREATE FUNCTION log_is_never_rewritten() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'log_entries'
       AND current_setting('moot.redacting', true) = 'on'
       AND (OLD.seq, OLD.id, OLD.at, OLD.type, OLD.field_commitments, OLD.private_commitment, OLD.prev, OLD.leaf)
           IS NOT DISTINCT FROM
           (NEW.seq, NEW.id, NEW.at, NEW.type, NEW.field_commitments, NEW.private_commitment, NEW.prev, NEW.leaf)
       AND only_withheld(OLD.field_commitments, OLD.public, NEW.public, OLD.field_salts, NEW.field_salts)
       AND (NEW.domain IS NULL OR NEW.domain = OLD.domain)
       AND (NEW.target_pseudonym IS NULL OR NEW.target_pseudonym = OLD.target_pseudonym) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'log_private'
       AND current_setting('moot.redacting', true) = 'on'
       AND (OLD.seq, OLD.salt, OLD.commitments, OLD.at) IS NOT DISTINCT FROM (NEW.seq, NEW.salt, NEW.commitments, NEW.at)
       AND only_withheld(OLD.commitments, OLD.private, NEW.private, OLD.salts, NEW.salts) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'the log is never rewritten' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER log_entries_stay BEFORE UPDATE OR DELETE ON log_entries
    FOR EACH ROW EXECUTE FUNCTION log_is_never_rewritten();
CREATE TRIGGER log_entries_are_not_emptied BEFORE TRUNCATE ON log_entries
    FOR EACH STATEMENT EXECUTE FUNCTION log_is_never_rewritten();
CREATE TRIGGER log_private_stays BEFORE UPDATE OR DELETE ON log_private
    FOR EACH ROW EXECUTE FUNCTION log_is_never_rewritten();
CREATE TRIGGER log_private_is_not_emptied BEFORE TRUNCATE ON log_private
    FOR EACH STATEMENT EXECUTE FUNCTION log_is_never_rewritten();
CREATE TRIGGER log_checkpoints_stay BEFORE UPDATE OR DELETE ON log_checkpoints
    FOR EACH ROW EXECUTE FUNCTION log_is_never_rewritten();
CREATE TRIGGER log_checkpoints_are_not_emptied BEFORE TRUNCATE ON log_checkpoints
    FOR EACH STATEMENT EXECUTE FUNCTION log_is_never_rewritten();
