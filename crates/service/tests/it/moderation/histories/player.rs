//! Plays a step to the server and to the model, and compares them.

use ::model::moderation::{
    Answer, Kind, ProposalId, Target,
    board::DecisionKind,
    proposal::{self, Origin},
    report::Category,
};
use proptest::test_runner::TestCaseError;
use serde_json::json;
use service::moderation::{
    Acting, acting, amend,
    board::seats,
    emergency,
    propose::{self, NewProposal},
    recuse, timers, view,
    vote::{self, Ballot},
    withdraw,
};
use testkit::{Council, Member, TestApp};
use time::Duration;

use super::{
    model::{Chair, Name, Stage, Thing, Word, World},
    replay,
};

/// Who can sit in a chair: three do at first.
const PEOPLE: [Name; 5] = ["mona", "mark", "mira", "nora", "nick"];
/// About whom something can be proposed; the last one holds a seat at first.
const TARGETS: [Name; 3] = ["tom", "tina", "mira"];

/// One thing that happens. Numbers choose among what there is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    Propose { who: usize, thing: u8, about: u8 },
    Alone { who: usize, thing: u8, about: u8 },
    Say { who: usize, case: u8, word: u8 },
    Recuse { who: usize, case: u8 },
    Withdraw { who: usize, case: u8 },
    Amend { who: usize, case: u8, thing: u8 },
    Stop { who: usize, case: u8 },
    Appoint { seat: i16, who: usize },
    Remove { seat: i16 },
    Away { who: usize },
    Wait { hours: i64 },
    Back { hours: i64 },
}

pub(super) struct Player {
    app: TestApp,
    council: Council,
    people: Vec<Member>,
    targets: Vec<Member>,
    ids: Vec<ProposalId>,
    world: World,
}

impl Player {
    pub(super) async fn new() -> Self {
        let app = testkit::app().await;
        let council = app.council().await;
        let mut people = council.moderators.to_vec();
        people.push(app.member("nora").await);
        people.push(app.member("nick").await);
        let targets = vec![
            app.member("tom").await,
            app.member("tina").await,
            people[2].clone(),
        ];
        let mut world = World::default();
        for (no, holder) in (1..).zip(&PEOPLE[..3]) {
            world.chairs.insert(
                no,
                Chair {
                    holder,
                    away: false,
                },
            );
        }
        Self {
            app,
            council,
            people,
            targets,
            ids: Vec::new(),
            world,
        }
    }

    pub(super) async fn play(&mut self, step: Step) -> Result<(), TestCaseError> {
        let (theirs, ours) = self.both(step).await;
        if theirs != ours {
            return Err(TestCaseError::fail(format!(
                "{step:?}: the server {} it, the model {} it",
                said(theirs),
                said(ours)
            )));
        }
        self.compare(step).await
    }

    /// Plays the step to both, and answers whether each took it.
    async fn both(&mut self, step: Step) -> (bool, bool) {
        let chosen = |case: u8, cases: usize| usize::from(case) % cases.max(1);
        match step {
            Step::Propose { who, thing, about } | Step::Alone { who, thing, about } => {
                let about = usize::from(about) % TARGETS.len();
                let thing = thing_about(TARGETS[about], thing);
                let target = Target::Account(self.targets[about].id);
                let new =
                    NewProposal::new(kind(thing), target, Category::Spam, "Spam", Origin::Web);
                let is_alone = matches!(step, Step::Alone { .. });
                let theirs = match self.acting(who).await {
                    None => None,
                    Some(acting) if is_alone => emergency::take(&self.app, &acting, new).await.ok(),
                    Some(acting) => propose::propose(&self.app, &acting, new).await.ok(),
                };
                let ours = if is_alone {
                    self.world.alone(PEOPLE[who], thing, TARGETS[about])
                } else {
                    self.world.propose(PEOPLE[who], thing, TARGETS[about])
                };
                self.ids.extend(theirs.iter().map(|view| view.proposal.id));
                (theirs.is_some(), ours.is_ok())
            }
            Step::Say { who, case, word } => {
                let index = chosen(case, self.ids.len());
                let (word, answer) = match word {
                    0..3 => (Word::Yes, Answer::Approve),
                    3 => (Word::No, Answer::Object),
                    _ => (Word::Neither, Answer::Abstain),
                };
                let theirs = self.votes(who, index, answer).await;
                (theirs, self.world.say(PEOPLE[who], index, word).is_ok())
            }
            Step::Recuse { who, case } => {
                let index = chosen(case, self.ids.len());
                let theirs = match (self.acting(who).await, self.ids.get(index)) {
                    (Some(acting), Some(id)) => {
                        recuse::recuse_from_proposal(&self.app, &acting, *id, "")
                            .await
                            .is_ok()
                    }
                    _ => false,
                };
                (theirs, self.world.step_aside(PEOPLE[who], index).is_ok())
            }
            Step::Withdraw { who, case } => {
                let index = chosen(case, self.ids.len());
                let theirs = match (self.acting(who).await, self.ids.get(index)) {
                    (Some(acting), Some(id)) => {
                        withdraw::withdraw(&self.app, &acting, *id).await.is_ok()
                    }
                    _ => false,
                };
                (theirs, self.world.withdraw(PEOPLE[who], index).is_ok())
            }
            Step::Stop { who, case } => {
                let index = chosen(case, self.ids.len());
                let theirs = match (self.acting(who).await, self.ids.get(index)) {
                    (Some(acting), Some(id)) => {
                        withdraw::stop(&self.app, &acting, *id).await.is_ok()
                    }
                    _ => false,
                };
                (theirs, self.world.stop(PEOPLE[who], index).is_ok())
            }
            Step::Amend { who, case, thing } => {
                let index = chosen(case, self.ids.len());
                let Some(about) = self.world.cases.get(index).map(|case| case.about) else {
                    return (false, false);
                };
                let thing = thing_about(about, thing);
                let place = TARGETS.iter().position(|name| *name == about).unwrap();
                let target = Target::Account(self.targets[place].id);
                let new =
                    NewProposal::new(kind(thing), target, Category::Spam, "Spam", Origin::Web);
                let theirs = match self.acting(who).await {
                    Some(acting) => amend::amend(&self.app, &acting, self.ids[index], new)
                        .await
                        .is_ok(),
                    None => false,
                };
                (theirs, self.world.amend(PEOPLE[who], index, thing).is_ok())
            }
            Step::Appoint { seat, who } => {
                self.appoint(seat, who).await;
                (true, true)
            }
            Step::Remove { seat } => {
                if self.world.chairs.contains_key(&seat) {
                    let params = json!({"seat_no": seat});
                    self.council
                        .decide(DecisionKind::RemoveModerator, params)
                        .await;
                    self.world.seat(seat, None);
                    self.look().await;
                }
                (true, true)
            }
            Step::Away { who } => {
                self.away(who).await;
                (true, true)
            }
            Step::Wait { hours } => {
                self.app.clock.advance(Duration::hours(hours));
                self.look().await;
                self.world.wait(hours);
                (true, true)
            }
            Step::Back { hours } => {
                self.app.clock.advance(-Duration::hours(hours));
                self.look().await;
                self.world.wait(-hours);
                (true, true)
            }
        }
    }

    async fn appoint(&mut self, seat: i16, who: usize) {
        let is_seated = |chair: &Chair| chair.holder == PEOPLE[who];
        if self.world.chairs.contains_key(&seat) || self.world.chairs.values().any(is_seated) {
            return;
        }
        let params = json!({"seat_no": seat, "account_id": self.people[who].id.to_string()});
        self.council
            .decide(DecisionKind::AppointModerator, params)
            .await;
        let chair = Chair {
            holder: PEOPLE[who],
            away: false,
        };
        self.world.seat(seat, Some(chair));
        self.look().await;
    }

    /// Goes away, or comes back.
    async fn away(&mut self, who: usize) {
        let found = self
            .world
            .chairs
            .iter()
            .find(|(_, chair)| chair.holder == PEOPLE[who])
            .map(|(no, chair)| (*no, *chair));
        let (Some(acting), Some((no, chair))) = (self.acting(who).await, found) else {
            return;
        };
        if chair.away {
            seats::come_back(&self.app, &acting).await.unwrap();
        } else {
            seats::leave(&self.app, &acting).await.unwrap();
        }
        let away = !chair.away;
        self.world.seat(no, Some(Chair { away, ..chair }));
        self.look().await;
    }

    async fn look(&self) {
        timers::run(&self.app).await.unwrap();
    }

    async fn acting(&self, who: usize) -> Option<Acting> {
        acting::in_test(&self.app, self.people[who].id).await.ok()
    }

    async fn votes(&self, who: usize, index: usize, answer: Answer) -> bool {
        let (Some(acting), Some(id)) = (self.acting(who).await, self.ids.get(index)) else {
            return false;
        };
        let Ok(seen) = view::proposal(&self.app, &acting, *id).await else {
            return false;
        };
        let ballot = Ballot {
            proposal: *id,
            digest: seen.proposal.digest,
            answer,
            comment: "No.".into(),
        };
        vote::vote(&self.app, &acting, ballot).await.is_ok()
    }

    /// Both say the same of every proposal and of everybody.
    async fn compare(&self, step: Step) -> Result<(), TestCaseError> {
        let mut connection = self.app.db.acquire().await.unwrap();
        for (id, case) in self.ids.iter().zip(&self.world.cases) {
            let found = db::moderation::find_proposal(&mut connection, *id)
                .await
                .unwrap()
                .unwrap();
            let theirs = (stage(found.state), found.revision);
            let ours = (case.stage, case.revision);
            if theirs != ours {
                return Err(TestCaseError::fail(format!(
                    "after {step:?}: {case:?} is {theirs:?} to the server ({:?})",
                    found.failure
                )));
            }
        }
        let mut theirs: Vec<(Name, &str)> = Vec::new();
        for (target, field, _) in db::moderation::state(&mut connection).await.unwrap() {
            let about = self
                .targets
                .iter()
                .position(|member| target == Target::Account(member.id));
            if let Some(about) = about {
                theirs.push((TARGETS[about], field.as_str()));
            }
        }
        theirs.sort_unstable();
        let ours: Vec<(Name, &str)> = self.world.set.keys().copied().collect();
        if theirs != ours {
            return Err(TestCaseError::fail(format!(
                "after {step:?}: the server holds {theirs:?}, the model {ours:?}"
            )));
        }
        Ok(())
    }

    /// Replaying the log from empty gives the state, and the columns that the rest of the server reads agree.
    pub(super) async fn check_log(&self) -> Result<(), TestCaseError> {
        replay::check(&self.app)
            .await
            .map_err(TestCaseError::fail)?;
        let mut connection = self.app.db.acquire().await.unwrap();
        self.check_columns(&mut connection).await
    }

    async fn check_columns(
        &self,
        connection: &mut sqlx::PgConnection,
    ) -> Result<(), TestCaseError> {
        for (name, member) in TARGETS.iter().zip(&self.targets) {
            if self.world.set.contains_key(&(*name, "erased")) {
                continue;
            }
            let columns: (bool, bool, bool, bool) = sqlx::query_as(
                "SELECT a.suspended_at IS NOT NULL, a.silenced_at IS NOT NULL, a.sensitised_at IS NOT NULL,
                        m.disabled_at IS NOT NULL
                   FROM accounts a JOIN members m ON m.account_id = a.id
                  WHERE a.id = $1",
            )
            .bind(member.id.get())
            .fetch_one(&mut *connection)
            .await
            .unwrap();
            let is_set = |field| self.world.set.contains_key(&(*name, field));
            let ours = (
                is_set("suspended"),
                is_set("limited"),
                is_set("sensitive"),
                is_set("frozen"),
            );
            if columns != ours {
                return Err(TestCaseError::fail(format!(
                    "{name} is {columns:?} to the server, {ours:?} to the model"
                )));
            }
        }
        Ok(())
    }
}

fn said(took: bool) -> &'static str {
    if took { "took" } else { "refused" }
}

/// Those in office are only limited here: suspended, they could not act.
fn thing_about(about: Name, choice: u8) -> Thing {
    const ALL: [Thing; 8] = [
        Thing::Limit,
        Thing::Unlimit,
        Thing::Sensitive,
        Thing::Freeze,
        Thing::Unfreeze,
        Thing::Suspend,
        Thing::Unsuspend,
        Thing::DeleteData,
    ];
    let things = if about == "mira" { &ALL[..3] } else { &ALL[..] };
    things[usize::from(choice) % things.len()]
}

fn kind(thing: Thing) -> Kind {
    match thing {
        Thing::Limit => Kind::AccountLimit,
        Thing::Unlimit => Kind::AccountUnlimit,
        Thing::Freeze => Kind::AccountFreeze,
        Thing::Unfreeze => Kind::AccountUnfreeze,
        Thing::Sensitive => Kind::AccountSensitive,
        Thing::Suspend => Kind::AccountSuspend,
        Thing::Unsuspend => Kind::AccountUnsuspend,
        Thing::DeleteData => Kind::AccountDeleteData,
    }
}

fn stage(state: proposal::State) -> Stage {
    match state {
        proposal::State::Open => Stage::Open,
        proposal::State::Approved => Stage::Cooling,
        proposal::State::Provisional => Stage::InForce,
        proposal::State::Executed => Stage::Done,
        proposal::State::Rejected => Stage::Rejected,
        proposal::State::Expired => Stage::Expired,
        proposal::State::Withdrawn => Stage::Withdrawn,
        proposal::State::Superseded => Stage::Useless,
        proposal::State::RolledBack => Stage::TakenBack,
        other => panic!("no history leads to {other:?}"),
    }
}
