-- What members show besides a password: codes of an app (RFC 6238), passkeys (WebAuthn), recovery codes.
CREATE TABLE totp_secrets (
    account_id    bigint PRIMARY KEY CONSTRAINT totp_secrets_account_fkey REFERENCES accounts ON DELETE CASCADE,
    -- Sealed with the master key; the context is the account's id.
    sealed        bytea NOT NULL,
    -- The step of the last code that was taken: no code of this step or an older one is taken again (S42).
    last_step     bigint NOT NULL,
    confirmed_at  timestamptz NOT NULL
);

-- One that is being set up, until its first code is shown.
CREATE TABLE totp_setups (
    account_id    bigint PRIMARY KEY CONSTRAINT totp_setups_account_fkey REFERENCES accounts ON DELETE CASCADE,
    sealed        bytea NOT NULL,
    created_at    timestamptz NOT NULL
);
CREATE INDEX totp_setups_created_idx ON totp_setups (created_at);

-- A used one is gone.
CREATE TABLE recovery_codes (
    account_id    bigint NOT NULL CONSTRAINT recovery_codes_account_fkey REFERENCES accounts ON DELETE CASCADE,
    code_hash     bytea NOT NULL,
    CONSTRAINT recovery_codes_pkey PRIMARY KEY (account_id, code_hash)
);

CREATE TABLE passkeys (
    id             bigint PRIMARY KEY,
    account_id     bigint NOT NULL CONSTRAINT passkeys_account_fkey REFERENCES accounts ON DELETE CASCADE,
    -- The authenticator's own name for it; one passkey is one account's.
    credential_id  bytea NOT NULL CONSTRAINT passkeys_credential_key UNIQUE,
    name           text NOT NULL,
    -- Public key, counter, and whether it is backed up, as the library writes them.
    credential     jsonb NOT NULL,
    created_at     timestamptz NOT NULL,
    last_used_at   timestamptz
);
CREATE INDEX passkeys_account_idx ON passkeys (account_id);

-- The name by which authenticators know a member: random, so that it says nothing to whoever finds a key.
CREATE TABLE passkey_handles (
    account_id    bigint PRIMARY KEY CONSTRAINT passkey_handles_account_fkey REFERENCES accounts ON DELETE CASCADE,
    handle        bytea NOT NULL CONSTRAINT passkey_handles_handle_key UNIQUE
);

-- A challenge that a browser was given. One of each purpose per browser; used once.
CREATE TABLE passkey_ceremonies (
    browser_hash  bytea NOT NULL,
    -- 'add', 'show', 'sign_in'.
    purpose       text COLLATE "C" NOT NULL,
    -- Whose it is; nobody's yet at sign-in.
    account_id    bigint CONSTRAINT passkey_ceremonies_account_fkey REFERENCES accounts ON DELETE CASCADE,
    state         jsonb NOT NULL,
    expires_at    timestamptz NOT NULL,
    CONSTRAINT passkey_ceremonies_pkey PRIMARY KEY (browser_hash, purpose)
);
CREATE INDEX passkey_ceremonies_account_idx ON passkey_ceremonies (account_id);
CREATE INDEX passkey_ceremonies_expires_idx ON passkey_ceremonies (expires_at);

-- How often somebody's proofs were tried since a time, from wherever (S42).
CREATE TABLE proof_tries (
    account_id    bigint PRIMARY KEY CONSTRAINT proof_tries_account_fkey REFERENCES accounts ON DELETE CASCADE,
    tried         integer NOT NULL,
    since         timestamptz NOT NULL
);

-- When somebody last proved that it is they who sit there.
ALTER TABLE sessions ADD COLUMN stepped_up_at timestamptz;
ALTER TABLE tokens ADD COLUMN stepped_up_at timestamptz;
