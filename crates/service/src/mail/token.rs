//! Links in letters: who follows one reads mail at the address it went to.

use db::mail::{Proof, Purpose};
use model::AccountId;
use sqlx::PgConnection;
use time::Duration;

use crate::{App, Result, auth::Shown};

const fn lasts(purpose: Purpose) -> Duration {
    match purpose {
        Purpose::Confirm => Duration::days(2),
        Purpose::Reset => Duration::hours(6),
    }
}

/// Makes the secret of a link to an address. It is shown in the letter and nowhere else.
pub(super) async fn make(
    app: &App,
    purpose: Purpose,
    account: AccountId,
    email: &str,
) -> Result<Shown> {
    let secret = Shown::random();
    let now = app.clock.now();
    let proof = Proof {
        account_id: account,
        email: email.to_owned(),
    };
    let mut connection = app.db.acquire().await?;
    db::mail::insert_token(
        &mut connection,
        &secret.hash(),
        purpose,
        &proof,
        now..now + lasts(purpose),
    )
    .await?;
    Ok(secret)
}

/// What a link proves. It, and every other for the same purpose and member, proves nothing any more.
pub(crate) async fn take(
    connection: &mut PgConnection,
    app: &App,
    purpose: Purpose,
    secret: &str,
) -> Result<Option<Proof>> {
    let hash = Shown::hash_of(secret);
    Ok(db::mail::take_token(connection, &hash, purpose, app.clock.now()).await?)
}
