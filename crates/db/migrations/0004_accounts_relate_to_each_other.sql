CREATE TABLE follows (
    id            bigint PRIMARY KEY,
    follower_id   bigint NOT NULL CONSTRAINT follows_follower_fkey REFERENCES accounts ON DELETE CASCADE,
    followee_id   bigint NOT NULL CONSTRAINT follows_followee_fkey REFERENCES accounts ON DELETE CASCADE,
    uri           text COLLATE "C" NOT NULL,
    shows_boosts  boolean NOT NULL DEFAULT true,
    notifies      boolean NOT NULL DEFAULT false,
    languages     text[] NOT NULL DEFAULT '{}',
    created_at    timestamptz NOT NULL,
    CONSTRAINT follows_pair_key UNIQUE (follower_id, followee_id),
    CONSTRAINT follows_nobody_follows_themselves CHECK (follower_id <> followee_id)
);
CREATE INDEX follows_followee_idx ON follows (followee_id, id);
CREATE INDEX follows_follower_idx ON follows (follower_id, id);
CREATE INDEX follows_uri_idx ON follows (uri);

-- Asked for and not yet answered, in either direction.
CREATE TABLE follow_requests (
    id            bigint PRIMARY KEY,
    follower_id   bigint NOT NULL CONSTRAINT follow_requests_follower_fkey REFERENCES accounts ON DELETE CASCADE,
    followee_id   bigint NOT NULL CONSTRAINT follow_requests_followee_fkey REFERENCES accounts ON DELETE CASCADE,
    uri           text COLLATE "C" NOT NULL,
    shows_boosts  boolean NOT NULL DEFAULT true,
    notifies      boolean NOT NULL DEFAULT false,
    languages     text[] NOT NULL DEFAULT '{}',
    created_at    timestamptz NOT NULL,
    CONSTRAINT follow_requests_pair_key UNIQUE (follower_id, followee_id)
);
CREATE INDEX follow_requests_followee_idx ON follow_requests (followee_id, id);
CREATE INDEX follow_requests_uri_idx ON follow_requests (uri);

CREATE TABLE blocks (
    id          bigint PRIMARY KEY,
    blocker_id  bigint NOT NULL CONSTRAINT blocks_blocker_fkey REFERENCES accounts ON DELETE CASCADE,
    blocked_id  bigint NOT NULL CONSTRAINT blocks_blocked_fkey REFERENCES accounts ON DELETE CASCADE,
    uri         text COLLATE "C" NOT NULL,
    created_at  timestamptz NOT NULL,
    CONSTRAINT blocks_pair_key UNIQUE (blocker_id, blocked_id)
);
CREATE INDEX blocks_blocked_idx ON blocks (blocked_id);
CREATE INDEX blocks_uri_idx ON blocks (uri);

CREATE TABLE mutes (
    id                   bigint PRIMARY KEY,
    muter_id             bigint NOT NULL CONSTRAINT mutes_muter_fkey REFERENCES accounts ON DELETE CASCADE,
    muted_id             bigint NOT NULL CONSTRAINT mutes_muted_fkey REFERENCES accounts ON DELETE CASCADE,
    hides_notifications  boolean NOT NULL DEFAULT true,
    expires_at           timestamptz,
    created_at           timestamptz NOT NULL,
    CONSTRAINT mutes_pair_key UNIQUE (muter_id, muted_id)
);
