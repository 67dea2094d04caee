-- Links in letters: each proves that whoever follows it reads mail at an address. Kept as a hash.
CREATE TABLE mail_tokens (
    token_hash  bytea PRIMARY KEY,
    -- 'confirm', 'reset'.
    purpose     text COLLATE "C" NOT NULL,
    account_id  bigint NOT NULL CONSTRAINT mail_tokens_account_fkey REFERENCES accounts ON DELETE CASCADE,
    -- Where the letter went.
    email       text NOT NULL,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL
);
CREATE INDEX mail_tokens_account_idx ON mail_tokens (account_id);
CREATE INDEX mail_tokens_expires_idx ON mail_tokens (expires_at);

-- An address that its owner has not confirmed yet, while another is in use.
ALTER TABLE members ADD COLUMN unconfirmed_email text;
-- The app somebody signed up with; it may ask for the letter once more.
ALTER TABLE members ADD COLUMN application_id bigint
    CONSTRAINT members_application_fkey REFERENCES applications ON DELETE SET NULL;

-- Where a member has signed in from, as a keyed hash of browser and network: enough to notice a new place,
-- too little to know where it is.
CREATE TABLE known_places (
    account_id  bigint NOT NULL CONSTRAINT known_places_account_fkey REFERENCES accounts ON DELETE CASCADE,
    place       bytea NOT NULL,
    seen_at     timestamptz NOT NULL,
    CONSTRAINT known_places_pkey PRIMARY KEY (account_id, place)
);
CREATE INDEX known_places_seen_idx ON known_places (seen_at);
