-- Several proposals, oldest first.
SELECT p.id, p.kind, p.state, p.params, p.case_id, p.report_ids, p.status_ids, p.rule_ids, p.guideline_version,
       p.category, p.reason_public, p.reason_private, p.notice_text, p.revision, p.salt, p.digest, p.proposer_id,
       p.proposer_seat, p.origin, p.emergency, p.opened_at, p.expires_at, p.decided_at, p.execute_at, p.executed_at,
       p.ratify_by, p.blocked_since, p.related_id, p.reserved_id, p.failure,
       t.types AS "target_types!", t.keys AS "target_keys!"
  FROM proposals p
 CROSS JOIN LATERAL (
           SELECT array_agg(target_type ORDER BY position) AS types,
                  array_agg(target_key ORDER BY position) AS keys
             FROM proposal_targets
            WHERE proposal_id = p.id) t
 WHERE p.id = ANY ($1)
 ORDER BY p.id
