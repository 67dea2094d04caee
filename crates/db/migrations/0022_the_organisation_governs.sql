-- Who decides. A person holds an office, not an account: whoever the directory knows by one id is one person, however
-- many accounts they have; without a directory it is the account.
CREATE TABLE persons (
    id            bigint PRIMARY KEY,
    -- As in `identities`; 'local' and the account's id for somebody whom no source knows.
    source        text COLLATE "C" NOT NULL,
    subject       text COLLATE "C" NOT NULL,
    account_id    bigint CONSTRAINT persons_account_fkey REFERENCES accounts ON DELETE SET NULL,
    -- As they were called last: the log names them even when the account is gone.
    name          text NOT NULL,
    handle        text NOT NULL,
    -- The operator has reset their second factor, password or mail: their votes wait until the board has confirmed it.
    votes_wait_since  timestamptz,
    created_at    timestamptz NOT NULL,
    CONSTRAINT persons_source_key UNIQUE (source, subject)
);
CREATE UNIQUE INDEX persons_account_key ON persons (account_id) WHERE account_id IS NOT NULL;

-- What the board decides, recorded by one of them and confirmed by others.
CREATE TABLE board_decisions (
    id            bigint PRIMARY KEY,
    kind          text COLLATE "C" NOT NULL,
    -- What it changes, by kind.
    params        jsonb NOT NULL DEFAULT '{}',
    -- What the board resolved, in its own words; published.
    text          text NOT NULL,
    minutes_url   text,
    decided_on    date NOT NULL,
    digest        bytea NOT NULL,
    state         text COLLATE "C" NOT NULL CONSTRAINT board_decisions_state_is_known
                  CHECK (state IN ('recorded', 'confirmed', 'withdrawn')),
    recorded_by   bigint NOT NULL CONSTRAINT board_decisions_recorder_fkey REFERENCES persons,
    recorded_at   timestamptz NOT NULL,
    confirmed_at  timestamptz
);
CREATE INDEX board_decisions_open_idx ON board_decisions (id) WHERE state = 'recorded';

CREATE TABLE board_confirmations (
    decision_id   bigint NOT NULL CONSTRAINT board_confirmations_decision_fkey REFERENCES board_decisions,
    person_id     bigint NOT NULL CONSTRAINT board_confirmations_person_fkey REFERENCES persons,
    digest        bytea NOT NULL,
    at            timestamptz NOT NULL,
    auth_method   text COLLATE "C" NOT NULL,
    PRIMARY KEY (decision_id, person_id)
);

-- Who sits on the board, and who sat. A change is a public entry of the log before it has effect.
CREATE TABLE board_members (
    id            bigint PRIMARY KEY,
    person_id     bigint NOT NULL CONSTRAINT board_members_person_fkey REFERENCES persons,
    -- 'bootstrap' or 'directory'.
    origin        text COLLATE "C" NOT NULL,
    since         timestamptz NOT NULL,
    ended_at      timestamptz
);
CREATE UNIQUE INDEX board_members_person_key ON board_members (person_id) WHERE ended_at IS NULL;

-- Moderators' seats. A row is one person's time in a seat; the seat is vacant when no row of its number is open.
CREATE TABLE moderator_seats (
    id            bigint PRIMARY KEY,
    seat_no       smallint NOT NULL,
    person_id     bigint NOT NULL CONSTRAINT moderator_seats_person_fkey REFERENCES persons,
    appointed_at  timestamptz NOT NULL,
    appointed_by  bigint CONSTRAINT moderator_seats_appointed_by_fkey REFERENCES board_decisions,
    -- Named for one proposal only, when too few of the others could decide it.
    ad_hoc_for    bigint,
    on_leave_since  timestamptz,
    -- Why the holder cannot vote at present: 'inactive', 'no_second_factor'.
    blocked_for   text COLLATE "C",
    ended_at      timestamptz,
    end_reason    text COLLATE "C" CONSTRAINT moderator_seats_end_reason_is_known
                  CHECK (end_reason IN ('stepped_down', 'removed_by_board', 'left_organisation')),
    ended_by      bigint CONSTRAINT moderator_seats_ended_by_fkey REFERENCES board_decisions,
    CONSTRAINT moderator_seats_end_has_a_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
-- One holder a seat, one seat a person.
CREATE UNIQUE INDEX moderator_seats_number_key ON moderator_seats (seat_no) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX moderator_seats_person_key ON moderator_seats (person_id) WHERE ended_at IS NULL;

-- What the board has set; what is not here is as the operator configured it, or else as built in.
CREATE TABLE governance_settings (
    name          text COLLATE "C" PRIMARY KEY,
    value         jsonb NOT NULL,
    decision_id   bigint NOT NULL CONSTRAINT governance_settings_decision_fkey REFERENCES board_decisions,
    set_at        timestamptz NOT NULL
);

-- Rules, guidelines, terms, privacy policy, landing text, about, contact: every version that was ever adopted.
CREATE TABLE documents (
    kind          text COLLATE "C" NOT NULL,
    version       integer NOT NULL,
    -- Markdown. Rules: one per list item.
    text          text NOT NULL,
    digest        bytea NOT NULL,
    decision_id   bigint NOT NULL CONSTRAINT documents_decision_fkey REFERENCES board_decisions,
    adopted_at    timestamptz NOT NULL,
    effective_at  timestamptz NOT NULL,
    -- When members were told.
    told_at       timestamptz,
    PRIMARY KEY (kind, version)
);
