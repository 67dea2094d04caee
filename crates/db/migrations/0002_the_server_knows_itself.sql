-- Handles can never change their domain, and a demo must never become a real server by a typing error:
-- both are written down at the first start and compared at every other.
CREATE TABLE server_identity (
    only_row      boolean PRIMARY KEY DEFAULT true CONSTRAINT server_identity_is_one_row CHECK (only_row),
    profile       text COLLATE "C" NOT NULL,
    local_domain  text COLLATE "C" NOT NULL,
    web_domain    text COLLATE "C" NOT NULL,
    -- A known text sealed with the master key: a start with another key is refused before it writes.
    sealed_proof  bytea NOT NULL,
    created_at    timestamptz NOT NULL
);
