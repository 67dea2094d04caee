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
    seq       bigint PRIMARY KEY CONSTRAINT log_private_entry_fkey REFERENCES log_entries,
    salt      bytea NOT NULL,
    private   jsonb NOT NULL,
    -- Values and salts of the fields that stand as commitments in `private`.
    evidence  jsonb NOT NULL DEFAULT '{}',
    at        timestamptz NOT NULL
);

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

-- The log is written, never rewritten. Only a redaction takes something away, and says so in the same transaction.
CREATE FUNCTION log_is_never_rewritten() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'log_entries'
       AND current_setting('moot.redacting', true) = 'on'
       AND (OLD.seq, OLD.id, OLD.at, OLD.type, OLD.field_commitments, OLD.private_commitment, OLD.prev, OLD.leaf)
           IS NOT DISTINCT FROM
           (NEW.seq, NEW.id, NEW.at, NEW.type, NEW.field_commitments, NEW.private_commitment, NEW.prev, NEW.leaf)
       AND OLD.public @> NEW.public AND OLD.field_salts @> NEW.field_salts
       AND (NEW.domain IS NULL OR NEW.domain = OLD.domain)
       AND (NEW.target_pseudonym IS NULL OR NEW.target_pseudonym = OLD.target_pseudonym) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'log_private'
       AND current_setting('moot.redacting', true) = 'on'
       AND (OLD.seq, OLD.salt, OLD.private, OLD.at) IS NOT DISTINCT FROM (NEW.seq, NEW.salt, NEW.private, NEW.at)
       AND OLD.evidence @> NEW.evidence THEN
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
