CREATE TABLE accounts (
    id                  bigint PRIMARY KEY,
    username            text COLLATE "C" NOT NULL,
    -- NULL for members of this server.
    domain              text COLLATE "C",
    uri                 text COLLATE "C" NOT NULL,
    url                 text COLLATE "C" NOT NULL,
    -- 0: /users/NAME, 1: /ap/users/ID. Only of meaning for members.
    uri_scheme          smallint NOT NULL DEFAULT 1,
    inbox_url           text COLLATE "C" NOT NULL,
    shared_inbox_url    text COLLATE "C",
    outbox_url          text COLLATE "C",
    followers_url       text COLLATE "C",
    following_url       text COLLATE "C",
    featured_url        text COLLATE "C",
    display_name        text NOT NULL DEFAULT '',
    -- Cleaned when it arrived.
    note                text NOT NULL DEFAULT '',
    note_source         text NOT NULL DEFAULT '',
    fields              jsonb NOT NULL DEFAULT '[]',
    emojis              jsonb NOT NULL DEFAULT '[]',
    actor_type          text COLLATE "C" NOT NULL DEFAULT 'Person',
    locked              boolean NOT NULL DEFAULT false,
    discoverable        boolean,
    indexable           boolean NOT NULL DEFAULT false,
    hides_collections   boolean NOT NULL DEFAULT false,
    memorial            boolean NOT NULL DEFAULT false,
    avatar_url          text,
    avatar_description  text NOT NULL DEFAULT '',
    header_url          text,
    header_description  text NOT NULL DEFAULT '',
    also_known_as       text[] NOT NULL DEFAULT '{}',
    moved_to_id         bigint CONSTRAINT accounts_moved_to_fkey REFERENCES accounts ON DELETE SET NULL,
    suspended_at        timestamptz,
    suspension_origin   text COLLATE "C" CONSTRAINT accounts_suspension_origin_is_known
                        CHECK (suspension_origin IN ('local', 'remote')),
    silenced_at         timestamptz,
    sensitised_at       timestamptz,
    followers_count     bigint NOT NULL DEFAULT 0,
    following_count     bigint NOT NULL DEFAULT 0,
    statuses_count      bigint NOT NULL DEFAULT 0,
    last_status_on      date,
    created_at          timestamptz NOT NULL,
    updated_at          timestamptz NOT NULL,
    fetched_at          timestamptz,
    CONSTRAINT accounts_suspension_has_an_origin CHECK ((suspended_at IS NULL) = (suspension_origin IS NULL))
);

CREATE UNIQUE INDEX accounts_uri_key ON accounts (uri);
CREATE UNIQUE INDEX accounts_handle_key ON accounts (lower(username), coalesce(domain, ''));
CREATE INDEX accounts_domain_idx ON accounts (domain) WHERE domain IS NOT NULL;

-- Public keys of everybody, by the id under which signatures name them.
CREATE TABLE public_keys (
    key_id      text COLLATE "C" PRIMARY KEY,
    account_id  bigint NOT NULL CONSTRAINT public_keys_account_fkey REFERENCES accounts ON DELETE CASCADE,
    pem         text NOT NULL,
    fetched_at  timestamptz NOT NULL
);
CREATE INDEX public_keys_account_idx ON public_keys (account_id);

-- Private keys of our own actors, sealed with a key derived from the master key.
CREATE TABLE private_keys (
    account_id  bigint PRIMARY KEY CONSTRAINT private_keys_account_fkey REFERENCES accounts ON DELETE CASCADE,
    sealed      bytea NOT NULL,
    created_at  timestamptz NOT NULL
);

-- What only members have.
CREATE TABLE members (
    account_id          bigint PRIMARY KEY CONSTRAINT members_account_fkey REFERENCES accounts ON DELETE CASCADE,
    email               text,
    password_hash       text,
    role                text COLLATE "C" NOT NULL DEFAULT 'member',
    locale              text COLLATE "C" NOT NULL DEFAULT 'en',
    default_visibility  text COLLATE "C" NOT NULL DEFAULT 'public',
    default_sensitive   boolean NOT NULL DEFAULT false,
    default_language    text COLLATE "C",
    sign_up_reason      text NOT NULL DEFAULT '',
    confirmed_at        timestamptz,
    approved_at         timestamptz,
    disabled_at         timestamptz,
    last_active_at      timestamptz,
    created_at          timestamptz NOT NULL
);
CREATE UNIQUE INDEX members_email_key ON members (lower(email));

-- Names that were once taken are never given again (S76).
CREATE TABLE reserved_usernames (
    username     text COLLATE "C" PRIMARY KEY,
    reserved_at  timestamptz NOT NULL
);
