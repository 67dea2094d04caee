//! A board and its moderators, chosen as on a real server.

use model::{
    instance::Profile,
    moderation::{
        Kind, ProposalId, Target, board::DecisionKind, proposal::Origin, report::Category,
    },
};
use serde_json::{Value, json};
use service::moderation::{
    Acting, ProposalView, acting,
    board::{bootstrap, decisions},
    propose::{self, NewProposal},
    vote::{self, Ballot},
};

use crate::{Member, TestApp};

/// A board of three and three moderators.
pub struct Council {
    app: service::App,
    /// `berta`, `boris` and `bea`.
    pub board: [Member; 3],
    /// `mona`, `mark` and `mira`, in seats 1 to 3.
    pub moderators: [Member; 3],
}

impl TestApp {
    /// A board and three moderators, each by a decision of it.
    pub async fn council(&self) -> Council {
        Box::pin(self.chosen()).await
    }

    /// Apart, since it is a large future, and every test would hold it.
    async fn chosen(&self) -> Council {
        assert_eq!(
            self.settings.profile,
            Profile::Test,
            "officers act without proofs in the test profile alone"
        );
        let board = [
            self.member("berta").await,
            self.member("boris").await,
            self.member("bea").await,
        ];
        let moderators = [
            self.member("mona").await,
            self.member("mark").await,
            self.member("mira").await,
        ];
        let names: Vec<_> = board.iter().map(|member| member.id).collect();
        bootstrap::bootstrap(self, &names)
            .await
            .expect("there was no board");
        let council = Council {
            app: self.to_app(),
            board,
            moderators,
        };
        for moderator in &council.moderators {
            let params = json!({"account_id": moderator.id.to_string()});
            council.decide(DecisionKind::AppointModerator, params).await;
        }
        council
    }
}

impl Council {
    /// An officer who acts, their proof taken for granted.
    pub async fn acting(&self, member: &Member) -> Acting {
        acting::in_test(&self.app, member.id)
            .await
            .expect("the member holds an office")
    }

    /// The moderator in seat 1, 2 or 3.
    pub async fn seat(&self, number: usize) -> Acting {
        self.acting(&self.moderators[number - 1]).await
    }

    /// A decision of the board, recorded by the first of it and confirmed by the second.
    pub async fn decide(&self, kind: DecisionKind, params: Value) {
        let new = decisions::NewDecision {
            kind,
            params,
            text: "So decided.".into(),
            minutes_url: None,
            decided_on: self.app.clock.now().date(),
        };
        let recorded = decisions::record(&self.app, &self.acting(&self.board[0]).await, new)
            .await
            .expect("the decision makes sense");
        decisions::confirm(
            &self.app,
            &self.acting(&self.board[1]).await,
            recorded.decision.id,
            recorded.decision.digest,
        )
        .await
        .expect("another member confirms it");
    }

    /// A proposal about one thing, by the moderator in seat 1.
    pub async fn propose(&self, kind: Kind, target: Target) -> ProposalView {
        let new = NewProposal::new(
            kind,
            target,
            Category::Violation,
            "It breaks a rule",
            Origin::Web,
        );
        self.propose_all(new).await
    }

    /// A proposal in every detail, by the moderator in seat 1.
    pub async fn propose_all(&self, new: NewProposal) -> ProposalView {
        propose::propose(&self.app, &self.seat(1).await, new)
            .await
            .expect("the proposal makes sense")
    }

    /// The moderator in this seat approves it as it stands.
    pub async fn approve(&self, seat: usize, id: ProposalId) -> ProposalView {
        let acting = self.seat(seat).await;
        let seen = service::moderation::view::proposal(&self.app, &acting, id)
            .await
            .expect("the moderator sees it");
        let ballot = Ballot {
            proposal: id,
            digest: seen.proposal.digest,
            answer: model::moderation::Answer::Approve,
            comment: String::new(),
        };
        vote::vote(&self.app, &acting, ballot)
            .await
            .expect("the moderator may vote")
    }

    /// Proposed by the moderator in seat 1 and approved by the one in seat 2.
    pub async fn carries(&self, kind: Kind, target: Target) -> ProposalView {
        let proposal = self.propose(kind, target).await;
        self.approve(2, proposal.proposal.id).await
    }
}
