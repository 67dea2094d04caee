-- Messages that went to a channel, so that a case keeps one thread and its message can be changed.
CREATE TABLE channel_receipts (
    channel     text COLLATE "C" NOT NULL,
    -- 'case:ID', 'proposal:ID', 'appeal:ID', …
    topic       text COLLATE "C" NOT NULL,
    receipt     jsonb NOT NULL,
    sent_at     timestamptz NOT NULL,
    PRIMARY KEY (channel, topic)
);

-- How each channel does.
CREATE TABLE channel_health (
    channel        text COLLATE "C" PRIMARY KEY,
    succeeded_at   timestamptz,
    failing_since  timestamptz,
    problem        text
);
