-- When the others were told that a channel fails. Gone again with the failure.
ALTER TABLE channel_health ADD COLUMN told_at timestamptz;

-- Messages that went by mail too, since a channel did not take them or they could not wait: each once, however many channels fail.
CREATE TABLE messages_mailed (
    key        text COLLATE "C" PRIMARY KEY,
    mailed_at  timestamptz NOT NULL
);

-- `reminded_at` is for the board, once; moderators are reminded every day.
ALTER TABLE appeals ADD COLUMN nudged_at timestamptz;
