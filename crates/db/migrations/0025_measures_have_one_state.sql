-- What moderation has set, thing by thing: replaying the log from empty gives exactly these rows. Written by the executor
-- alone, which also keeps the columns and tables in step that the rest of the server reads.
CREATE TABLE moderation_state (
    target_type   text COLLATE "C" NOT NULL,
    target_key    text COLLATE "C" NOT NULL,
    -- 'suspended', 'limited', …: model::moderation::Field.
    field         text COLLATE "C" NOT NULL,
    value         jsonb NOT NULL,
    -- The entry of the log that set it.
    log_seq       bigint NOT NULL,
    since         timestamptz NOT NULL,
    PRIMARY KEY (target_type, target_key, field)
);

-- A remote account's own server may suspend it as well; neither sets nor lifts the other.
ALTER TABLE accounts ADD COLUMN suspended_elsewhere_at timestamptz;
UPDATE accounts SET suspended_elsewhere_at = suspended_at WHERE suspension_origin = 'remote';

-- A post that moderators have taken away stays a row until nobody can bring it back.
ALTER TABLE statuses ADD COLUMN moderated_at timestamptz;
CREATE INDEX statuses_moderated_idx ON statuses (moderated_at) WHERE moderated_at IS NOT NULL;

ALTER TABLE domain_blocks ADD COLUMN id bigint;
UPDATE domain_blocks SET id = snowflake(created_at);
ALTER TABLE domain_blocks ALTER COLUMN id SET NOT NULL;
ALTER TABLE domain_blocks ADD CONSTRAINT domain_blocks_id_key UNIQUE (id);
ALTER TABLE domain_blocks ADD COLUMN obfuscate boolean NOT NULL DEFAULT false;
ALTER TABLE domain_blocks ADD COLUMN public_comment text NOT NULL DEFAULT '';
ALTER TABLE domain_blocks ADD COLUMN private_comment text NOT NULL DEFAULT '';
-- Nothing is taken in from it for the moment; it is not told, and tries again.
ALTER TABLE domain_blocks ADD COLUMN paused boolean NOT NULL DEFAULT false;

CREATE TABLE domain_allows (
    domain      text COLLATE "C" PRIMARY KEY,
    id          bigint NOT NULL CONSTRAINT domain_allows_id_key UNIQUE,
    created_at  timestamptz NOT NULL
);

CREATE TABLE email_domain_blocks (
    domain               text COLLATE "C" PRIMARY KEY,
    id                   bigint NOT NULL CONSTRAINT email_domain_blocks_id_key UNIQUE,
    allow_with_approval  boolean NOT NULL DEFAULT false,
    created_at           timestamptz NOT NULL
);

-- SHA-256 of an address in the one form that all its spellings share.
CREATE TABLE email_blocks (
    hash        text COLLATE "C" PRIMARY KEY,
    id          bigint NOT NULL CONSTRAINT email_blocks_id_key UNIQUE,
    created_at  timestamptz NOT NULL
);

CREATE TABLE ip_blocks (
    range       cidr PRIMARY KEY,
    id          bigint NOT NULL CONSTRAINT ip_blocks_id_key UNIQUE,
    severity    text COLLATE "C" NOT NULL CONSTRAINT ip_blocks_severity_is_known
                CHECK (severity IN ('sign_up_requires_approval', 'sign_up_block', 'no_access')),
    comment     text NOT NULL DEFAULT '',
    expires_at  timestamptz,
    created_at  timestamptz NOT NULL
);

CREATE TABLE username_blocks (
    -- In the one form that look-alike spellings share.
    pattern              text COLLATE "C" PRIMARY KEY,
    id                   bigint NOT NULL CONSTRAINT username_blocks_id_key UNIQUE,
    -- 'equals', 'contains'.
    comparison           text COLLATE "C" NOT NULL,
    allow_with_approval  boolean NOT NULL DEFAULT false,
    created_at           timestamptz NOT NULL
);

-- Mastodon's AccountWarning: what was done to a member, and whether it still counts.
CREATE TABLE strikes (
    id                 bigint PRIMARY KEY,
    account_id         bigint NOT NULL CONSTRAINT strikes_account_fkey REFERENCES accounts ON DELETE CASCADE,
    proposal_id        bigint NOT NULL CONSTRAINT strikes_proposal_fkey REFERENCES proposals,
    -- 'none', 'disable', 'mark_statuses_as_sensitive', 'delete_statuses', 'sensitive', 'silence', 'suspend'.
    action             text COLLATE "C" NOT NULL,
    text               text NOT NULL,
    status_ids         bigint[] NOT NULL DEFAULT '{}',
    rule_ids           integer[] NOT NULL DEFAULT '{}',
    report_id          bigint CONSTRAINT strikes_report_fkey REFERENCES reports ON DELETE SET NULL,
    log_seq            bigint NOT NULL,
    appealable_until   timestamptz NOT NULL,
    created_at         timestamptz NOT NULL,
    overruled_at       timestamptz
);
CREATE INDEX strikes_account_idx ON strikes (account_id, id);
CREATE INDEX strikes_proposal_idx ON strikes (proposal_id);

-- One per decision about a member.
CREATE TABLE appeals (
    id            bigint PRIMARY KEY,
    strike_id     bigint NOT NULL CONSTRAINT appeals_strike_fkey REFERENCES strikes ON DELETE CASCADE
                  CONSTRAINT appeals_strike_key UNIQUE,
    account_id    bigint NOT NULL CONSTRAINT appeals_account_fkey REFERENCES accounts ON DELETE CASCADE,
    text          text NOT NULL,
    -- 'moderators', 'board', 'overturned', 'upheld'.
    stage         text COLLATE "C" NOT NULL,
    question      text,
    asked_by      bigint CONSTRAINT appeals_asked_by_fkey REFERENCES persons,
    answer        text,
    filed_at      timestamptz NOT NULL,
    -- When the stage ends by itself.
    due_at        timestamptz,
    decided_at    timestamptz,
    decision_id   bigint CONSTRAINT appeals_decision_fkey REFERENCES board_decisions,
    reminded_at   timestamptz
);
CREATE INDEX appeals_open_idx ON appeals (id) WHERE stage IN ('moderators', 'board');
CREATE INDEX appeals_account_idx ON appeals (account_id);

CREATE TABLE appeal_votes (
    appeal_id     bigint NOT NULL CONSTRAINT appeal_votes_appeal_fkey REFERENCES appeals ON DELETE CASCADE,
    seat_no       smallint NOT NULL,
    person_id     bigint NOT NULL CONSTRAINT appeal_votes_person_fkey REFERENCES persons,
    -- 'overturn', 'uphold'.
    answer        text COLLATE "C" NOT NULL,
    comment       text NOT NULL DEFAULT '',
    auth_method   text COLLATE "C" NOT NULL,
    at            timestamptz NOT NULL,
    PRIMARY KEY (appeal_id, person_id)
);
