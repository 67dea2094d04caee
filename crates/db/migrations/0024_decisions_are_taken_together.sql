CREATE TABLE proposals (
    id                bigint PRIMARY KEY,
    -- 'account.suspend', …: model::moderation::Kind.
    kind              text COLLATE "C" NOT NULL,
    state             text COLLATE "C" NOT NULL CONSTRAINT proposals_state_is_known
                      CHECK (state IN ('draft', 'open', 'approved', 'provisional', 'executed', 'failed', 'rejected', 'expired',
                                       'withdrawn', 'superseded', 'rolled_back', 'discarded')),
    params            jsonb NOT NULL DEFAULT '{}',
    case_id           bigint CONSTRAINT proposals_case_fkey REFERENCES cases,
    report_ids        bigint[] NOT NULL DEFAULT '{}',
    status_ids        bigint[] NOT NULL DEFAULT '{}',
    rule_ids          integer[] NOT NULL DEFAULT '{}',
    guideline_version integer,
    category          text COLLATE "C" NOT NULL,
    reason_public     text NOT NULL,
    reason_private    text NOT NULL DEFAULT '',
    notice_text       text NOT NULL DEFAULT '',
    revision          integer NOT NULL DEFAULT 1,
    salt              bytea NOT NULL,
    digest            bytea NOT NULL,
    -- Who opened it. A seat for a moderator, none for the operator.
    proposer_id       bigint CONSTRAINT proposals_proposer_fkey REFERENCES persons,
    proposer_seat     smallint,
    -- 'web', 'api', 'cli', 'external_request', 'subscription'.
    origin            text COLLATE "C" NOT NULL,
    emergency         boolean NOT NULL DEFAULT false,
    opened_at         timestamptz NOT NULL,
    expires_at        timestamptz NOT NULL,
    decided_at        timestamptz,
    -- When cooling off ends, for kinds that cannot be undone.
    execute_at        timestamptz,
    executed_at       timestamptz,
    ratify_by         timestamptz,
    -- Too few could decide it: the board was told.
    blocked_since     timestamptz,
    supersedes_id     bigint CONSTRAINT proposals_supersedes_fkey REFERENCES proposals,
    -- Differs in effect from one that is open about the same target.
    related_id        bigint CONSTRAINT proposals_related_fkey REFERENCES proposals,
    -- Id that the row made by it will have (a domain block's, an IP block's).
    reserved_id       bigint NOT NULL,
    -- Why it failed.
    failure           text,
    reminded_at       timestamptz
);
CREATE INDEX proposals_open_idx ON proposals (id) WHERE state IN ('open', 'approved', 'provisional');
CREATE INDEX proposals_due_idx ON proposals (expires_at) WHERE state IN ('open', 'approved', 'provisional');
CREATE INDEX proposals_case_idx ON proposals (case_id) WHERE case_id IS NOT NULL;
CREATE INDEX proposals_state_idx ON proposals (state, id);

-- What it is about: one target, or up to 500 of one kind, voted on once.
CREATE TABLE proposal_targets (
    proposal_id   bigint NOT NULL CONSTRAINT proposal_targets_proposal_fkey REFERENCES proposals,
    position      smallint NOT NULL,
    -- 'account', 'status', 'domain', …: model::moderation::Target.
    target_type   text COLLATE "C" NOT NULL,
    target_key    text COLLATE "C" NOT NULL,
    -- What its execution changed: [{target, field, from, to}]; while it can be undone.
    effects       jsonb,
    -- What stands beside the state and has to come back too (follows that were severed, …).
    keepsakes     jsonb,
    log_seq       bigint,
    PRIMARY KEY (proposal_id, position),
    CONSTRAINT proposal_targets_once_each UNIQUE (proposal_id, target_type, target_key)
);
CREATE INDEX proposal_targets_target_idx ON proposal_targets (target_type, target_key, proposal_id);

CREATE TABLE votes (
    id            bigint PRIMARY KEY,
    proposal_id   bigint NOT NULL CONSTRAINT votes_proposal_fkey REFERENCES proposals,
    revision      integer NOT NULL,
    -- NULL: the board gives the approval that is missing.
    seat_no       smallint,
    person_id     bigint NOT NULL CONSTRAINT votes_person_fkey REFERENCES persons,
    answer        text COLLATE "C" NOT NULL CONSTRAINT votes_answer_is_known
                  CHECK (answer IN ('approve', 'object', 'abstain')),
    digest        bytea NOT NULL,
    -- How the voter had proved who they are: 'second_factor', 'passkey', 'app', 'api_effect', 'board', 'test'.
    auth_method   text COLLATE "C" NOT NULL,
    comment       text NOT NULL DEFAULT '',
    decision_id   bigint CONSTRAINT votes_decision_fkey REFERENCES board_decisions,
    at            timestamptz NOT NULL,
    -- For votes that a passkey signs: nonce of the ceremony and the assertion.
    nonce         bytea,
    assertion     jsonb,
    -- One answer a person; changing it replaces it.
    CONSTRAINT votes_person_key UNIQUE (proposal_id, revision, person_id)
);

CREATE TABLE recusals (
    proposal_id   bigint CONSTRAINT recusals_proposal_fkey REFERENCES proposals,
    case_id       bigint CONSTRAINT recusals_case_fkey REFERENCES cases,
    person_id     bigint NOT NULL CONSTRAINT recusals_person_fkey REFERENCES persons,
    reason        text NOT NULL DEFAULT '',
    at            timestamptz NOT NULL,
    CONSTRAINT recusals_are_about_something CHECK ((proposal_id IS NULL) <> (case_id IS NULL))
);
CREATE UNIQUE INDEX recusals_proposal_key ON recusals (proposal_id, person_id) WHERE proposal_id IS NOT NULL;
CREATE UNIQUE INDEX recusals_case_key ON recusals (case_id, person_id) WHERE case_id IS NOT NULL;

CREATE TABLE proposal_comments (
    id            bigint PRIMARY KEY,
    proposal_id   bigint NOT NULL CONSTRAINT proposal_comments_proposal_fkey REFERENCES proposals,
    person_id     bigint CONSTRAINT proposal_comments_person_fkey REFERENCES persons,
    text          text NOT NULL,
    at            timestamptz NOT NULL
);
CREATE INDEX proposal_comments_proposal_idx ON proposal_comments (proposal_id, id);

ALTER TABLE cases ADD CONSTRAINT cases_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES proposals;
ALTER TABLE reports ADD CONSTRAINT reports_closed_by_fkey FOREIGN KEY (closed_by) REFERENCES proposals;
ALTER TABLE moderator_seats ADD CONSTRAINT moderator_seats_ad_hoc_fkey FOREIGN KEY (ad_hoc_for) REFERENCES proposals;

-- When the member last proved to sit there, as it was when an app was authorised: such an app may vote for a while.
ALTER TABLE authorisation_codes ADD COLUMN stepped_up_at timestamptz;
