//! How decisions are taken until there is a board. With the first board these values are written into the public log, and
//! from then on only decisions of the board change them.

use model::moderation::{Governance, governance::LocalTargets};

use super::reader::Reader;
use super::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Governance",
    introduction: "Initial values only. `moot board bootstrap` writes them into the public log; after that the board alone changes them, by decisions that are public too, and these variables have no effect any more.",
    variables: &[
        accept(
            "MOOT_GOVERNANCE_SEATS",
            Kind::Integer,
            "3",
            "Moderators' seats; at least 3.",
        ),
        accept(
            "MOOT_GOVERNANCE_THRESHOLD",
            Kind::Integer,
            "2",
            "Approvals that every action needs; at least 2, at most as many as there are seats.",
        ),
        accept(
            "MOOT_GOVERNANCE_PROPOSER_COUNTS",
            Kind::Boolean,
            "true",
            "Proposing counts as the proposer's approval.",
        ),
        accept(
            "MOOT_GOVERNANCE_PROPOSAL_TTL",
            Kind::Integer,
            "604800",
            "Seconds after which a proposal that nobody decides expires.",
        ),
        accept(
            "MOOT_GOVERNANCE_RATIFY_HOURS",
            Kind::Integer,
            "24",
            "Hours within which an emergency measure has to be ratified, 1 to 72.",
        ),
        accept(
            "MOOT_GOVERNANCE_COOLING_OFF",
            Kind::Integer,
            "86400",
            "Seconds between the decision and the execution of what cannot be undone.",
        ),
        accept(
            "MOOT_GOVERNANCE_RESOLVE_REQUIRES_QUORUM",
            Kind::Boolean,
            "true",
            "Closing a report without action takes a quorum, too.",
        ),
        accept(
            "MOOT_GOVERNANCE_LOCAL_TARGETS",
            Kind::Choice(&["pseudonym", "handle"]),
            "pseudonym",
            "How members stand in the public log.",
        ),
        accept(
            "MOOT_GOVERNANCE_APPEAL_WINDOW",
            Kind::Integer,
            "1728000",
            "Seconds in which a decision can be appealed.",
        ),
        accept(
            "MOOT_GOVERNANCE_APPEAL_STAGE1",
            Kind::Integer,
            "604800",
            "Seconds after which an appeal goes on to the board by itself.",
        ),
        accept(
            "MOOT_GOVERNANCE_APPEAL_STAGE2",
            Kind::Integer,
            "1209600",
            "Seconds in which the board decides an appeal.",
        ),
        accept(
            "MOOT_GOVERNANCE_BOARD_CONFIRMATIONS",
            Kind::Integer,
            "1",
            "Board members who must confirm a decision, besides the one who records it; at least 1.",
        ),
        accept(
            "MOOT_GOVERNANCE_STEP_UP",
            Kind::Integer,
            "600",
            "Seconds for which somebody who has shown a second factor may vote.",
        ),
        accept(
            "MOOT_GOVERNANCE_API_VOTE_TOKEN_AGE",
            Kind::Integer,
            "604800",
            "Seconds for which an app that was authorised with a second factor may vote; 0 forbids it.",
        ),
        accept(
            "MOOT_GOVERNANCE_EVIDENCE_DAYS",
            Kind::Integer,
            "730",
            "Days for which private reasons and evidence are kept after the last term of appeal.",
        ),
    ],
};

/// Reads the section. What the board could not decide either, the operator cannot configure.
pub(super) fn read(reader: &mut Reader<'_>) -> Governance {
    let governance = Governance {
        seats: reader.number("MOOT_GOVERNANCE_SEATS"),
        threshold: reader.number("MOOT_GOVERNANCE_THRESHOLD"),
        proposer_counts: reader.boolean("MOOT_GOVERNANCE_PROPOSER_COUNTS"),
        proposal_ttl: reader.number("MOOT_GOVERNANCE_PROPOSAL_TTL"),
        ratify_hours: reader.number("MOOT_GOVERNANCE_RATIFY_HOURS"),
        cooling_off: reader.number("MOOT_GOVERNANCE_COOLING_OFF"),
        resolve_requires_quorum: reader.boolean("MOOT_GOVERNANCE_RESOLVE_REQUIRES_QUORUM"),
        local_targets: match reader.text("MOOT_GOVERNANCE_LOCAL_TARGETS").as_deref() {
            Some("handle") => LocalTargets::Handle,
            _ => LocalTargets::Pseudonym,
        },
        appeal_window: reader.number("MOOT_GOVERNANCE_APPEAL_WINDOW"),
        appeal_stage1: reader.number("MOOT_GOVERNANCE_APPEAL_STAGE1"),
        appeal_stage2: reader.number("MOOT_GOVERNANCE_APPEAL_STAGE2"),
        board_confirmations: reader.number("MOOT_GOVERNANCE_BOARD_CONFIRMATIONS"),
        step_up: reader.number("MOOT_GOVERNANCE_STEP_UP"),
        api_vote_token_age: reader.number("MOOT_GOVERNANCE_API_VOTE_TOKEN_AGE"),
        evidence_days: reader.number("MOOT_GOVERNANCE_EVIDENCE_DAYS"),
        ..Governance::default()
    };
    if let Err(reason) = governance.check() {
        reader.error(format!("MOOT_GOVERNANCE_…: {reason}"));
    }
    governance
}

#[cfg(test)]
mod tests {
    use super::super::{Config, layers::Layers};
    use super::*;

    fn load(pairs: &[(&str, &str)]) -> Result<Governance, String> {
        let mut all = vec![("LOCAL_DOMAIN", "club.example")];
        all.extend(pairs);
        Config::load(&Layers::of(&all))
            .map(|(config, _)| config.governance)
            .map_err(|report| report.to_string())
    }

    #[test]
    fn the_tables_defaults_are_the_models() {
        assert_eq!(load(&[]).unwrap(), Governance::default());
    }

    #[test]
    fn no_operator_can_let_one_moderator_act_alone() {
        let error = load(&[("MOOT_GOVERNANCE_THRESHOLD", "1")]).unwrap_err();

        assert!(error.contains("threshold"), "{error}");
    }

    #[test]
    fn the_operators_values_are_read() {
        let governance = load(&[
            ("MOOT_GOVERNANCE_SEATS", "5"),
            ("MOOT_GOVERNANCE_THRESHOLD", "3"),
            ("MOOT_GOVERNANCE_LOCAL_TARGETS", "handle"),
        ])
        .unwrap();

        assert_eq!((governance.seats, governance.threshold), (5, 3));
        assert_eq!(governance.local_targets, LocalTargets::Handle);
    }
}
