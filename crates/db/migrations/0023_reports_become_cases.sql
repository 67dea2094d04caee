-- Reports about one account are one case, so that a flood of them is one thing to do.
CREATE TABLE cases (
    id                 bigint PRIMARY KEY,
    target_account_id  bigint CONSTRAINT cases_target_fkey REFERENCES accounts ON DELETE SET NULL,
    -- 'open', 'closed'.
    state              text COLLATE "C" NOT NULL,
    category           text COLLATE "C" NOT NULL,
    -- Raised by reports that are trusted or many; the queue's order.
    score              integer NOT NULL DEFAULT 0,
    opened_at          timestamptz NOT NULL,
    first_seen_at      timestamptz,
    claimed_by         bigint CONSTRAINT cases_claimed_by_fkey REFERENCES persons,
    claimed_at         timestamptz,
    closed_at          timestamptz,
    -- 'action', 'no_action'.
    outcome            text COLLATE "C",
    -- The proposal that closed it.
    closed_by          bigint,
    reminded_at        timestamptz
);
CREATE UNIQUE INDEX cases_open_target_key ON cases (target_account_id) WHERE state = 'open';
CREATE INDEX cases_target_idx ON cases (target_account_id, id);
CREATE INDEX cases_open_idx ON cases (score DESC, id) WHERE state = 'open';

CREATE TABLE reports (
    id                 bigint PRIMARY KEY,
    case_id            bigint NOT NULL CONSTRAINT reports_case_fkey REFERENCES cases,
    -- Who reported: a member, or another server's actor. NULL once that account is gone.
    reporter_id        bigint CONSTRAINT reports_reporter_fkey REFERENCES accounts ON DELETE SET NULL,
    target_account_id  bigint CONSTRAINT reports_target_fkey REFERENCES accounts ON DELETE SET NULL,
    -- 'member', 'remote', 'moderator', 'automatic'.
    origin             text COLLATE "C" NOT NULL,
    -- The Flag's id, for a remote one; ours, for one that was forwarded.
    uri                text COLLATE "C",
    category           text COLLATE "C" NOT NULL CONSTRAINT reports_category_is_known
                       CHECK (category IN ('spam', 'legal', 'violation', 'other', 'illegal_content', 'private_data',
                                           'threat', 'compromised', 'attack', 'moderator_harassment')),
    comment            text NOT NULL DEFAULT '',
    status_ids         bigint[] NOT NULL DEFAULT '{}',
    rule_ids           integer[] NOT NULL DEFAULT '{}',
    -- The reporter asked for a copy to go to the other server; it went.
    forward_wanted     boolean NOT NULL DEFAULT false,
    forwarded_at       timestamptz,
    application_id     bigint CONSTRAINT reports_application_fkey REFERENCES applications ON DELETE SET NULL,
    assigned_to        bigint CONSTRAINT reports_assigned_to_fkey REFERENCES persons,
    closed_at          timestamptz,
    closed_by          bigint,
    created_at         timestamptz NOT NULL,
    updated_at         timestamptz NOT NULL
);
CREATE UNIQUE INDEX reports_uri_key ON reports (uri) WHERE uri IS NOT NULL;
CREATE INDEX reports_case_idx ON reports (case_id, id);
CREATE INDEX reports_reporter_idx ON reports (reporter_id, id);
CREATE INDEX reports_target_idx ON reports (target_account_id, id);
CREATE INDEX reports_application_idx ON reports (application_id) WHERE application_id IS NOT NULL;

-- Reported posts as they were seen: an edit or deletion by the author changes nothing here. Kept as long as the case needs it.
CREATE TABLE report_evidence (
    report_id     bigint NOT NULL CONSTRAINT report_evidence_report_fkey REFERENCES reports ON DELETE CASCADE,
    status_id     bigint NOT NULL,
    uri           text COLLATE "C" NOT NULL,
    visibility    text COLLATE "C" NOT NULL,
    -- {content, spoiler, sensitive, attachments, created_at, edited_at}
    seen          jsonb NOT NULL,
    seen_at       timestamptz NOT NULL,
    PRIMARY KEY (report_id, status_id)
);

-- What moderators write to each other about a case, and questions to and answers from the people concerned.
CREATE TABLE case_notes (
    id            bigint PRIMARY KEY,
    case_id       bigint NOT NULL CONSTRAINT case_notes_case_fkey REFERENCES cases ON DELETE CASCADE,
    -- 'note', 'question_to_reporter', 'question_to_author', 'answer'.
    kind          text COLLATE "C" NOT NULL,
    person_id     bigint CONSTRAINT case_notes_person_fkey REFERENCES persons,
    -- Who is asked, or has answered.
    account_id    bigint CONSTRAINT case_notes_account_fkey REFERENCES accounts ON DELETE CASCADE,
    text          text NOT NULL,
    created_at    timestamptz NOT NULL
);
CREATE INDEX case_notes_case_idx ON case_notes (case_id, id);
CREATE INDEX case_notes_account_idx ON case_notes (account_id) WHERE account_id IS NOT NULL;
