//! Officers before their browsers, each with an app that makes codes.

use service::members;
use testkit::{Council, Member, PASSWORD, TestApp, code, http::Answer};
use time::Duration;

use crate::{
    browser::{Browser, hidden},
    pages::second_factor::with_app,
};

/// Somebody in office, signed in, with a second factor.
pub(crate) struct Officer {
    pub(crate) browser: Browser,
    secret: String,
}

/// Gives an officer a password and an app, and signs them in.
pub(crate) async fn at_desk(app: &TestApp, member: &Member) -> Officer {
    members::set_password(app, member.id, PASSWORD)
        .await
        .unwrap();
    let (browser, secret, _) = with_app(app, member.account.username.as_str()).await;
    Officer { browser, secret }
}

/// The moderators in seats 1 and 2 before their browsers.
pub(crate) async fn two_at_desk(app: &TestApp, council: &Council) -> [Officer; 2] {
    [
        at_desk(app, &council.moderators[0]).await,
        at_desk(app, &council.moderators[1]).await,
    ]
}

impl Officer {
    /// A code that can be used now: a new half minute has begun.
    pub(crate) fn code(&self, app: &TestApp) -> String {
        app.clock.advance(Duration::seconds(30));
        code(&self.secret, app.clock.now())
    }

    /// Sends the form with this action on a page, with what it holds and what is filled in, and follows what it leads to.
    pub(crate) async fn fill(
        &mut self,
        page: &str,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Answer {
        let answer = self.browser.fill(page, action, fields).await;
        self.follow(answer).await
    }

    /// Opens the page that an answer leads to.
    pub(crate) async fn follow(&mut self, answer: Answer) -> Answer {
        match answer.header("location") {
            Some(next) if answer.status == 303 => {
                let next = next.to_owned();
                self.browser.open(&next).await
            }
            _ => answer,
        }
    }

    /// Shows the second factor where it is asked for, and lets the browser repeat the form as it is told to.
    pub(crate) async fn prove(&mut self, app: &TestApp, asked: &Answer) -> Answer {
        let code = self.code(app);
        let mut fields = hidden(asked, "/auth/step_up");
        fields.push(("code".to_owned(), code));
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        let proved = self
            .browser
            .send("/auth/step_up", &fields)
            .await
            .expect(307);
        let next = proved.header("location").unwrap().to_owned();
        let done = self.browser.send(&next, &fields).await;
        self.follow(done).await
    }
}

/// The number in the address of the page that an answer leads to: `/console/proposals/NUMBER`.
pub(crate) fn number(path: &str) -> String {
    let path = path.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().to_owned()
}
