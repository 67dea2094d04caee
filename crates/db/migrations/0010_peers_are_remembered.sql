-- Other servers: whether they can be reached, and what this server has decided about them.
CREATE TABLE peers (
    domain             text COLLATE "C" PRIMARY KEY,
    first_seen_at      timestamptz NOT NULL,
    -- Days on which a delivery failed and none succeeded since; seven make the peer unavailable.
    failure_days       date[] NOT NULL DEFAULT '{}',
    unavailable_since  timestamptz,
    last_delivery_at   timestamptz
);

-- Written by the moderation executor alone; read by every road that meets a domain. The longest
-- matching suffix wins.
CREATE TABLE domain_blocks (
    domain          text COLLATE "C" PRIMARY KEY,
    severity        text COLLATE "C" NOT NULL CONSTRAINT domain_blocks_severity_is_known
                    CHECK (severity IN ('noop', 'silence', 'suspend')),
    reject_media    boolean NOT NULL DEFAULT false,
    reject_reports  boolean NOT NULL DEFAULT false,
    created_at      timestamptz NOT NULL
);

-- A document on its way out: made, digested and stored once, however many inboxes it goes to.
CREATE TABLE outbound_activities (
    id          bigint PRIMARY KEY,
    sender_id   bigint NOT NULL CONSTRAINT outbound_activities_sender_fkey REFERENCES accounts ON DELETE CASCADE,
    body        text NOT NULL,
    -- The value of the Digest header.
    digest      text COLLATE "C" NOT NULL,
    created_at  timestamptz NOT NULL
);
CREATE INDEX outbound_activities_created_idx ON outbound_activities (created_at);
