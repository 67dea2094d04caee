//! Leaving the organisation.

mod at_once;
mod deletion;
mod ends;
mod exits;
mod private_addresses;
mod runs;
mod sequences;

use model::{AccountId, member::Standing};
use service::members::{self, Run, SyncReport, What};
use signin::Identity;
use testkit::{FakeDirectory, Mailbox, Member, TestApp};
use time::Duration;

/// Long enough for a second look.
const LATER: Duration = Duration::minutes(15);

/// A server with a directory.
struct World {
    app: TestApp,
    directory: FakeDirectory,
    mailbox: Mailbox,
}

impl World {
    async fn new() -> Self {
        Self::with(|_| ()).await
    }

    async fn with(change: impl FnOnce(&mut service::Settings)) -> Self {
        let directory = FakeDirectory::default();
        let mailbox = Mailbox::default();
        let app = testkit::app()
            .ways(directory.to_ways())
            .mailer(std::sync::Arc::new(mailbox.clone()))
            .settings(change)
            .await;
        Self {
            app,
            directory,
            mailbox,
        }
    }

    /// A member whom the directory knows.
    async fn member(&self, name: &str) -> Member {
        let member = self.app.member(name).await;
        let identity = identity(name);
        let link = db::identities::NewLink {
            source: &identity.source,
            subject: &identity.subject,
            username: &identity.username,
            account_id: member.id,
        };
        let mut connection = self.app.db.acquire().await.unwrap();
        db::identities::insert_link(&mut connection, &link, self.app.clock.now())
            .await
            .unwrap();
        self.directory.put(identity);
        member
    }

    async fn members(&self, count: usize) -> Vec<Member> {
        let mut members = Vec::new();
        for number in 0..count {
            members.push(self.member(&format!("member{number}")).await);
        }
        members
    }

    /// Takes members out of the directory.
    fn lose(&self, members: &[Member]) {
        for member in members {
            self.directory.remove(&subject(member));
        }
    }

    async fn run(&self, run: Run) -> SyncReport {
        members::sync(&self.app, run).await.unwrap()
    }

    /// Two runs, far enough apart.
    async fn run_twice(&self) -> SyncReport {
        self.run(Run::Usual).await;
        self.app.clock.advance(LATER);
        self.run(Run::Usual).await
    }

    async fn leaves(&self, member: &Member) {
        // Somebody has to be left, for the directory to be believed.
        self.member(&format!("{}s_friend", member.account.username))
            .await;
        self.lose(std::slice::from_ref(member));
        let report = self.run_twice().await;
        assert_eq!(
            self.standing(member.id).await,
            Standing::Left,
            "{:?}",
            report.problems
        );
    }

    async fn standing(&self, id: AccountId) -> Standing {
        members::get(&self.app, id).await.unwrap().standing()
    }

    async fn how_many_left(&self, members: &[Member]) -> usize {
        let mut count = 0;
        for member in members {
            count += usize::from(self.standing(member.id).await == Standing::Left);
        }
        count
    }

    /// Does what waits to be done here.
    async fn work(&self) {
        service::work::register(self.app.worker(()), &self.app)
            .run_until_idle()
            .await
            .unwrap();
    }
}

fn subject(member: &Member) -> String {
    format!("id of {}", member.account.username)
}

/// What the directory says of a member who is as the testkit makes them.
fn identity(name: &str) -> Identity {
    Identity {
        source: "ldap".into(),
        subject: format!("id of {name}"),
        username: name.into(),
        email: Some(format!("{}@mail.example", name.to_ascii_lowercase())),
        email_is_verified: true,
        display_name: None,
        groups: Vec::new(),
    }
}

/// Who left in a run.
fn left(report: &SyncReport) -> Vec<&str> {
    named(report, |what| matches!(what, What::Left(_)))
}

/// Of whom a run says something.
fn named(report: &SyncReport, is_meant: impl Fn(&What) -> bool) -> Vec<&str> {
    report
        .changes
        .iter()
        .filter(|change| change.what.iter().any(&is_meant))
        .map(|change| change.handle.as_str())
        .collect()
}
