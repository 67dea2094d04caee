-- The key that turns accounts into names for the public log, sealed with the master key. Never another one: a name must stay
-- the same as long as the log.
CREATE TABLE log_pseudonym_key (
    only_row    boolean PRIMARY KEY DEFAULT true CONSTRAINT log_pseudonym_key_is_one CHECK (only_row),
    sealed      bytea NOT NULL,
    created_at  timestamptz NOT NULL
);

-- Names that were given. They outlive their accounts, so that none is ever given twice.
CREATE TABLE log_pseudonyms (
    pseudonym   text COLLATE "C" PRIMARY KEY,
    account_id  bigint NOT NULL CONSTRAINT log_pseudonyms_account_key UNIQUE
);

-- Which checkpoints the channels were told of; the checkpoints themselves are never changed.
CREATE TABLE log_checkpoints_told (
    size     bigint PRIMARY KEY CONSTRAINT log_checkpoints_told_checkpoint_fkey REFERENCES log_checkpoints,
    told_at  timestamptz NOT NULL
);
