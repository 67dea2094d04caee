-- Who a member is to the organisation: the id by which a directory or provider knows them for ever (S47).
CREATE TABLE identities (
    source           text COLLATE "C" NOT NULL,
    subject          text COLLATE "C" NOT NULL,
    account_id       bigint NOT NULL CONSTRAINT identities_account_fkey REFERENCES accounts ON DELETE CASCADE,
    -- The name as the source spelt it last.
    username         text NOT NULL,
    linked_at        timestamptz NOT NULL,
    -- Last found there, by a sign-in or a run of the sync.
    seen_at          timestamptz NOT NULL,
    -- The first run that did not find them; a second one, later enough, believes it.
    missing_since    timestamptz,
    CONSTRAINT identities_pkey PRIMARY KEY (source, subject)
);
-- One source speaks of a member as one person.
CREATE UNIQUE INDEX identities_account_key ON identities (account_id, source);

-- What the organisation's groups make somebody eligible for: candidate, board, operator.
ALTER TABLE members ADD COLUMN eligible_for text[] COLLATE "C" NOT NULL DEFAULT '{}';
-- When somebody left the organisation, and when the end that the operator configured comes.
ALTER TABLE members ADD COLUMN left_at timestamptz;
ALTER TABLE members ADD COLUMN ends_at timestamptz;
CREATE INDEX members_ends_at_idx ON members (ends_at) WHERE ends_at IS NOT NULL;

-- Somebody on the way in: one proof is given, another is still asked for. The cookie's value is kept as a hash.
CREATE TABLE sign_in_attempts (
    token_hash    bytea PRIMARY KEY,
    -- What is still asked for: 'second_factor', 'link'.
    asks_for      text COLLATE "C" NOT NULL,
    -- Who has shown a password, for the second factor.
    account_id    bigint CONSTRAINT sign_in_attempts_account_fkey REFERENCES accounts ON DELETE CASCADE,
    -- Whom a source has recognised, for a link.
    identity      jsonb,
    redirect_to   text NOT NULL DEFAULT '',
    created_at    timestamptz NOT NULL,
    expires_at    timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_account_idx ON sign_in_attempts (account_id);
CREATE INDEX sign_in_attempts_expires_idx ON sign_in_attempts (expires_at);
