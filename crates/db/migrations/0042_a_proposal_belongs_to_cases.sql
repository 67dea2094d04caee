-- The cases that a proposal has to do with, whether it names them or not: the one it answers, those it is about, and every open one
-- about an account that it is about, or that wrote a post it is about.
CREATE FUNCTION cases_of_proposal(proposal bigint) RETURNS SETOF bigint
LANGUAGE sql STABLE AS $$
    SELECT p.case_id
      FROM proposals p
     WHERE p.id = proposal AND p.case_id IS NOT NULL
     UNION
    SELECT c.id
      FROM proposal_targets t
      JOIN cases c ON t.target_type = 'case' AND c.id::text = t.target_key
     WHERE t.proposal_id = proposal
     UNION
    SELECT c.id
      FROM proposal_targets t
      JOIN cases c ON t.target_type = 'account' AND c.target_account_id::text = t.target_key
     WHERE t.proposal_id = proposal AND c.state = 'open'
     UNION
    SELECT c.id
      FROM proposal_targets t
      JOIN statuses s ON t.target_type = 'status' AND s.id::text = t.target_key
      JOIN cases c ON c.target_account_id = s.account_id
     WHERE t.proposal_id = proposal AND c.state = 'open'
$$;
