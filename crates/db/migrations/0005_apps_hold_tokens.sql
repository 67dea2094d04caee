CREATE TABLE applications (
    id             bigint PRIMARY KEY,
    client_id      text COLLATE "C" NOT NULL CONSTRAINT applications_client_id_key UNIQUE,
    secret_hash    bytea NOT NULL,
    name           text NOT NULL,
    website        text,
    redirect_uris  text[] NOT NULL,
    scopes         text COLLATE "C" NOT NULL,
    created_at     timestamptz NOT NULL
);

CREATE TABLE tokens (
    id              bigint PRIMARY KEY,
    token_hash      bytea NOT NULL CONSTRAINT tokens_hash_key UNIQUE,
    application_id  bigint CONSTRAINT tokens_application_fkey REFERENCES applications ON DELETE CASCADE,
    account_id      bigint CONSTRAINT tokens_account_fkey REFERENCES accounts ON DELETE CASCADE,
    scopes          text COLLATE "C" NOT NULL,
    created_at      timestamptz NOT NULL,
    last_used_at    timestamptz,
    revoked_at      timestamptz
);
CREATE INDEX tokens_account_idx ON tokens (account_id);
CREATE INDEX tokens_application_idx ON tokens (application_id);

-- Authorisation codes: single use, ten minutes. A used one stays until it expires, since a second use
-- revokes what the first gave (RFC 6749, 4.1.2).
CREATE TABLE authorisation_codes (
    code_hash       bytea PRIMARY KEY,
    application_id  bigint NOT NULL CONSTRAINT authorisation_codes_application_fkey REFERENCES applications ON DELETE CASCADE,
    account_id      bigint NOT NULL CONSTRAINT authorisation_codes_account_fkey REFERENCES accounts ON DELETE CASCADE,
    redirect_uri    text COLLATE "C" NOT NULL,
    scopes          text COLLATE "C" NOT NULL,
    -- base64url(sha256(verifier)), RFC 7636 S256.
    pkce_challenge  text COLLATE "C",
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    used_at         timestamptz,
    token_id        bigint CONSTRAINT authorisation_codes_token_fkey REFERENCES tokens ON DELETE SET NULL
);
CREATE INDEX authorisation_codes_expires_idx ON authorisation_codes (expires_at);

-- Browsers that are signed in. The cookie's value is kept as a hash only.
CREATE TABLE sessions (
    id          bigint PRIMARY KEY,
    token_hash  bytea NOT NULL CONSTRAINT sessions_hash_key UNIQUE,
    account_id  bigint NOT NULL CONSTRAINT sessions_account_fkey REFERENCES accounts ON DELETE CASCADE,
    user_agent  text NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL,
    seen_at     timestamptz NOT NULL
);
CREATE INDEX sessions_account_idx ON sessions (account_id);
