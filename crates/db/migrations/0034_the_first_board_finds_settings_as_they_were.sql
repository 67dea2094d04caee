-- When the first board is named, the settings that the operator had configured are written down in public and are the
-- board's from then on: nobody has decided those.
ALTER TABLE governance_settings ALTER COLUMN decision_id DROP NOT NULL;

-- Whoever was named for one proposal only is done when it is.
ALTER TABLE moderator_seats DROP CONSTRAINT moderator_seats_end_reason_is_known;
ALTER TABLE moderator_seats ADD CONSTRAINT moderator_seats_end_reason_is_known
    CHECK (end_reason IN ('stepped_down', 'removed_by_board', 'left_organisation', 'case_decided'));
