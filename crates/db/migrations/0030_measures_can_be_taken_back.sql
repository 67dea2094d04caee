-- What a measure takes away and moderation_state does not hold is kept beside it, so that everything comes back as it was.

-- A pause is no rule: it comes and goes whatever the rule about a domain is.
ALTER TABLE domain_blocks DROP COLUMN paused;
CREATE TABLE paused_domains (
    domain     text COLLATE "C" PRIMARY KEY,
    paused_at  timestamptz NOT NULL
);

-- Follows and requests that a suspension has cut. They come back once neither side is suspended here any more.
CREATE TABLE severed_follows (
    follower_id   bigint NOT NULL CONSTRAINT severed_follows_follower_fkey REFERENCES accounts ON DELETE CASCADE,
    followee_id   bigint NOT NULL CONSTRAINT severed_follows_followee_fkey REFERENCES accounts ON DELETE CASCADE,
    is_request    boolean NOT NULL,
    id            bigint NOT NULL,
    uri           text COLLATE "C" NOT NULL,
    shows_boosts  boolean NOT NULL,
    notifies      boolean NOT NULL,
    languages     text[] NOT NULL,
    created_at    timestamptz NOT NULL,
    severed_at    timestamptz NOT NULL,
    PRIMARY KEY (follower_id, followee_id, is_request)
);
CREATE INDEX severed_follows_followee_idx ON severed_follows (followee_id);

-- What a member lost by one measure: Mastodon's RelationshipSeveranceEvent.
CREATE TABLE severances (
    id               bigint PRIMARY KEY,
    account_id       bigint NOT NULL CONSTRAINT severances_account_fkey REFERENCES accounts ON DELETE CASCADE,
    -- 'domain_block', 'account_suspension'.
    kind             text COLLATE "C" NOT NULL,
    -- The domain, or the handle.
    target_name      text NOT NULL,
    followers_count  bigint NOT NULL,
    following_count  bigint NOT NULL,
    created_at       timestamptz NOT NULL
);
CREATE INDEX severances_account_idx ON severances (account_id, target_name);

-- Marked as sensitive by moderators; here is what its author says meanwhile.
ALTER TABLE statuses ADD COLUMN sensitive_by_author boolean;

-- What a profile said before it was emptied, one row for each time.
CREATE TABLE emptied_profiles (
    account_id   bigint NOT NULL CONSTRAINT emptied_profiles_account_fkey REFERENCES accounts ON DELETE CASCADE,
    time_no      bigint NOT NULL,
    note         text NOT NULL,
    note_source  text NOT NULL,
    fields       jsonb NOT NULL,
    emptied_at   timestamptz NOT NULL,
    PRIMARY KEY (account_id, time_no)
);

-- A domain and every one above it, without the port: `a.b.example` gives `a.b.example`, `b.example`, `example`.
CREATE FUNCTION domain_and_above(domain text) RETURNS text[]
LANGUAGE sql IMMUTABLE AS $$
    SELECT array_agg(array_to_string(parts.labels[place:], '.'))
      FROM (SELECT string_to_array(split_part(domain, ':', 1), '.') AS labels) parts,
           generate_subscripts(parts.labels, 1) AS place
$$;

