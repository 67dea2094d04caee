CREATE TABLE favourites (
    id          bigint PRIMARY KEY,
    account_id  bigint NOT NULL CONSTRAINT favourites_account_fkey REFERENCES accounts ON DELETE CASCADE,
    status_id   bigint NOT NULL CONSTRAINT favourites_status_fkey REFERENCES statuses ON DELETE CASCADE,
    -- The ActivityPub id of the Like.
    uri         text COLLATE "C" NOT NULL,
    created_at  timestamptz NOT NULL,
    CONSTRAINT favourites_pair_key UNIQUE (account_id, status_id)
);
CREATE INDEX favourites_status_idx ON favourites (status_id, id);
CREATE INDEX favourites_account_idx ON favourites (account_id, id);
CREATE INDEX favourites_uri_idx ON favourites (uri);

CREATE TABLE bookmarks (
    id          bigint PRIMARY KEY,
    account_id  bigint NOT NULL CONSTRAINT bookmarks_account_fkey REFERENCES accounts ON DELETE CASCADE,
    status_id   bigint NOT NULL CONSTRAINT bookmarks_status_fkey REFERENCES statuses ON DELETE CASCADE,
    created_at  timestamptz NOT NULL,
    CONSTRAINT bookmarks_pair_key UNIQUE (account_id, status_id)
);
CREATE INDEX bookmarks_account_idx ON bookmarks (account_id, id);
CREATE INDEX bookmarks_status_idx ON bookmarks (status_id);

CREATE TABLE status_pins (
    account_id  bigint NOT NULL CONSTRAINT status_pins_account_fkey REFERENCES accounts ON DELETE CASCADE,
    status_id   bigint NOT NULL CONSTRAINT status_pins_status_fkey REFERENCES statuses ON DELETE CASCADE,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, status_id)
);
CREATE INDEX status_pins_status_idx ON status_pins (status_id);

CREATE TABLE notifications (
    id          bigint PRIMARY KEY,
    account_id  bigint NOT NULL CONSTRAINT notifications_account_fkey REFERENCES accounts ON DELETE CASCADE,
    kind        text COLLATE "C" NOT NULL,
    from_id     bigint NOT NULL CONSTRAINT notifications_from_fkey REFERENCES accounts ON DELETE CASCADE,
    status_id   bigint CONSTRAINT notifications_status_fkey REFERENCES statuses ON DELETE CASCADE,
    created_at  timestamptz NOT NULL
);
CREATE INDEX notifications_account_idx ON notifications (account_id, id);
CREATE INDEX notifications_status_idx ON notifications (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX notifications_from_idx ON notifications (from_id);
-- Told once, however often it arrives.
CREATE UNIQUE INDEX notifications_once_key ON notifications (account_id, kind, from_id, coalesce(status_id, 0));

CREATE TABLE markers (
    account_id    bigint NOT NULL CONSTRAINT markers_account_fkey REFERENCES accounts ON DELETE CASCADE,
    timeline      text COLLATE "C" NOT NULL,
    last_read_id  bigint NOT NULL,
    version       integer NOT NULL DEFAULT 1,
    updated_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, timeline)
);
