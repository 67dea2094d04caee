-- Which notices of the coming end a leaver has been sent: none, the first, the last.
ALTER TABLE members ADD COLUMN end_notices smallint NOT NULL DEFAULT 0;

-- What opens the leaver's page, and nothing else. Kept as hashes.
CREATE TABLE leaver_keys (
    token_hash  bytea PRIMARY KEY,
    -- 'link': opens a session, once. 'session': a browser that shows the page.
    kind        text COLLATE "C" NOT NULL,
    account_id  bigint NOT NULL CONSTRAINT leaver_keys_account_fkey REFERENCES accounts ON DELETE CASCADE,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX leaver_keys_account_idx ON leaver_keys (account_id);
CREATE INDEX leaver_keys_expires_idx ON leaver_keys (expires_at);

-- Where a member can be reached after leaving. An address counts once it is confirmed; until then the one before it does.
CREATE TABLE private_addresses (
    account_id        bigint PRIMARY KEY CONSTRAINT private_addresses_account_fkey REFERENCES accounts ON DELETE CASCADE,
    email             text,
    pending_email     text,
    token_hash        bytea CONSTRAINT private_addresses_token_key UNIQUE,
    token_expires_at  timestamptz,
    CONSTRAINT private_addresses_hold_something CHECK (email IS NOT NULL OR pending_email IS NOT NULL)
);

-- How the runs of the sync with a source went, one row for each.
CREATE TABLE directory_syncs (
    source         text COLLATE "C" PRIMARY KEY,
    succeeded_at   timestamptz,
    failed_at      timestamptz,
    problem        text,
    -- A run that would have lost too many people, and waits for somebody to say that it is right.
    halted_at      timestamptz,
    halted_number  integer,
    halted_people  bigint[] NOT NULL DEFAULT '{}',
    accepted_at    timestamptz
);

-- An account that its owner has deleted: nothing of it is shown, and the row stays until peers have been told.
ALTER TABLE accounts DROP CONSTRAINT accounts_suspension_origin_is_known;
ALTER TABLE accounts ADD CONSTRAINT accounts_suspension_origin_is_known
    CHECK (suspension_origin IN ('local', 'remote', 'owner'));
CREATE INDEX accounts_deleted_by_owner_idx ON accounts (suspended_at) WHERE suspension_origin = 'owner';
