CREATE TABLE statuses (
    id                      bigint PRIMARY KEY,
    uri                     text COLLATE "C" NOT NULL,
    url                     text COLLATE "C" NOT NULL,
    account_id              bigint NOT NULL CONSTRAINT statuses_account_fkey REFERENCES accounts ON DELETE CASCADE,
    local                   boolean NOT NULL,
    in_reply_to_id          bigint CONSTRAINT statuses_in_reply_to_fkey REFERENCES statuses ON DELETE SET NULL,
    in_reply_to_account_id  bigint CONSTRAINT statuses_in_reply_to_account_fkey REFERENCES accounts ON DELETE SET NULL,
    in_reply_to_uri         text COLLATE "C",
    boost_of_id             bigint CONSTRAINT statuses_boost_of_fkey REFERENCES statuses ON DELETE CASCADE,
    -- What a member typed; empty for remote statuses.
    source                  text NOT NULL DEFAULT '',
    -- Cleaned when it arrived.
    content                 text NOT NULL DEFAULT '',
    title                   text,
    spoiler                 text NOT NULL DEFAULT '',
    visibility              text COLLATE "C" NOT NULL CONSTRAINT statuses_visibility_is_known
                            CHECK (visibility IN ('public', 'unlisted', 'private', 'limited', 'direct')),
    sensitive               boolean NOT NULL DEFAULT false,
    language                text COLLATE "C",
    conversation_uri        text COLLATE "C",
    emojis                  jsonb NOT NULL DEFAULT '[]',
    attachments             jsonb NOT NULL DEFAULT '[]',
    -- [{name, display_name}], beside status_tags, so that showing needs no join.
    tags                    jsonb NOT NULL DEFAULT '[]',
    application_id          bigint CONSTRAINT statuses_application_fkey REFERENCES applications ON DELETE SET NULL,
    created_at              timestamptz NOT NULL,
    edited_at               timestamptz,
    -- Gone for everybody; the row stays until peers have been told.
    deleted_at              timestamptz,
    replies_count           bigint NOT NULL DEFAULT 0,
    boosts_count            bigint NOT NULL DEFAULT 0,
    favourites_count        bigint NOT NULL DEFAULT 0,
    CONSTRAINT statuses_a_boost_has_no_text CHECK (boost_of_id IS NULL OR (source = '' AND content = ''))
);

CREATE UNIQUE INDEX statuses_uri_key ON statuses (uri);
-- One boost per person and post, however often it arrives.
CREATE UNIQUE INDEX statuses_one_boost_key ON statuses (account_id, boost_of_id)
    WHERE boost_of_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX statuses_account_idx ON statuses (account_id, id) WHERE deleted_at IS NULL;
CREATE INDEX statuses_boost_of_idx ON statuses (boost_of_id, id) WHERE boost_of_id IS NOT NULL;
CREATE INDEX statuses_in_reply_to_idx ON statuses (in_reply_to_id, id) WHERE in_reply_to_id IS NOT NULL;
-- Replies that arrived before what they answer.
CREATE INDEX statuses_waiting_for_parent_idx ON statuses (in_reply_to_uri)
    WHERE in_reply_to_id IS NULL AND in_reply_to_uri IS NOT NULL;
CREATE INDEX statuses_public_idx ON statuses (id)
    WHERE visibility = 'public' AND boost_of_id IS NULL AND deleted_at IS NULL;
CREATE INDEX statuses_public_local_idx ON statuses (id)
    WHERE visibility = 'public' AND boost_of_id IS NULL AND deleted_at IS NULL AND local;
CREATE INDEX statuses_application_idx ON statuses (application_id) WHERE application_id IS NOT NULL;

-- Who is mentioned, and who was addressed without being named (silent).
CREATE TABLE mentions (
    status_id   bigint NOT NULL CONSTRAINT mentions_status_fkey REFERENCES statuses ON DELETE CASCADE,
    account_id  bigint NOT NULL CONSTRAINT mentions_account_fkey REFERENCES accounts ON DELETE CASCADE,
    silent      boolean NOT NULL DEFAULT false,
    position    smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (status_id, account_id)
);
CREATE INDEX mentions_account_idx ON mentions (account_id, status_id);

CREATE TABLE tags (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text COLLATE "C" NOT NULL CONSTRAINT tags_name_key UNIQUE,
    display_name  text NOT NULL,
    created_at    timestamptz NOT NULL
);
CREATE INDEX tags_name_prefix_idx ON tags (name text_pattern_ops);

CREATE TABLE status_tags (
    tag_id     bigint NOT NULL CONSTRAINT status_tags_tag_fkey REFERENCES tags ON DELETE CASCADE,
    status_id  bigint NOT NULL CONSTRAINT status_tags_status_fkey REFERENCES statuses ON DELETE CASCADE,
    PRIMARY KEY (tag_id, status_id)
);
CREATE INDEX status_tags_status_idx ON status_tags (status_id);

CREATE TABLE status_edits (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    status_id    bigint NOT NULL CONSTRAINT status_edits_status_fkey REFERENCES statuses ON DELETE CASCADE,
    content      text NOT NULL,
    spoiler      text NOT NULL,
    sensitive    boolean NOT NULL,
    emojis       jsonb NOT NULL,
    attachments  jsonb NOT NULL,
    created_at   timestamptz NOT NULL
);
CREATE INDEX status_edits_status_idx ON status_edits (status_id, id);

-- Ids of things that are gone, so that an old Create does not bring them back (S10). Those that were
-- never known here are remembered for six hours only: a Delete can overtake its Create.
CREATE TABLE tombstones (
    uri         text COLLATE "C" PRIMARY KEY,
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz
);
CREATE INDEX tombstones_expires_idx ON tombstones (expires_at) WHERE expires_at IS NOT NULL;

-- The answer to a repeated request to post (Idempotency-Key), for one hour.
CREATE TABLE idempotency_keys (
    account_id  bigint NOT NULL CONSTRAINT idempotency_keys_account_fkey REFERENCES accounts ON DELETE CASCADE,
    key         text COLLATE "C" NOT NULL,
    status_id   bigint NOT NULL CONSTRAINT idempotency_keys_status_fkey REFERENCES statuses ON DELETE CASCADE,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (account_id, key)
);
CREATE INDEX idempotency_keys_created_idx ON idempotency_keys (created_at);
CREATE INDEX idempotency_keys_status_idx ON idempotency_keys (status_id);
