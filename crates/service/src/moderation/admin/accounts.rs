//! Accounts as moderators see them.

use std::collections::HashMap;

use db::moderation::admin::{AccountQuery, MemberRow, Origin, Standing};
use model::{Account, AccountId, Page, moderation::Target};
use sqlx::PgConnection;

use super::pending::{self, Pending};
use crate::{
    App, Error, Result,
    moderation::{Acting, reports::record_look},
};

/// An account with what moderators see beside it.
#[derive(Clone, Debug)]
pub struct AdminAccount {
    /// The account.
    pub account: Account,
    /// What only members have. Without the mail address, unless a reason to look at it was given.
    pub member: Option<MemberRow>,
    /// Holds a seat.
    pub is_moderator: bool,
    /// Sits on the board.
    pub is_on_board: bool,
    /// What is proposed about it.
    pub pending: Vec<Pending>,
    /// The mail address was left out.
    pub is_withheld: bool,
}

/// Whether private data are looked at.
#[derive(Clone, Copy, Debug)]
pub enum Look<'a> {
    /// They are left out.
    Away,
    /// For this reason, which is recorded.
    Because(&'a str),
}

/// What moderators look for. Whatever is `None` does not matter.
#[derive(Clone, Debug, Default)]
pub struct AccountFilter {
    /// Whose.
    pub origin: Option<Origin>,
    /// In which state.
    pub standing: Option<Standing>,
    /// Of this server.
    pub domain: Option<String>,
    /// Whose name begins so.
    pub username: Option<String>,
    /// Whose display name begins so.
    pub display_name: Option<String>,
    /// Whose mail address begins so; looking for one is looking at it.
    pub email: Option<String>,
    /// Only moderators.
    pub only_moderators: bool,
    /// Only members of the board.
    pub only_board: bool,
}

/// Accounts, newest first. `Forbidden` when a mail address is looked for without a reason.
pub async fn accounts(
    app: &App,
    acting: &Acting,
    filter: &AccountFilter,
    page: Page,
    look: Look<'_>,
) -> Result<Vec<AdminAccount>> {
    if filter.email.is_some() && matches!(look, Look::Away) {
        return Err(Error::Forbidden(
            "Say why you look for a mail address (`reason`): it is recorded".into(),
        ));
    }
    let mut connection = app.db.acquire().await?;
    let offices = Offices::load(&mut connection).await?;
    let among = match (filter.only_moderators, filter.only_board) {
        (false, false) => None,
        (moderators, board) => Some(offices.ids(moderators, board)),
    };
    let query = AccountQuery {
        origin: filter.origin,
        standing: filter.standing,
        domain: filter.domain.as_deref(),
        username: filter.username.as_deref(),
        display_name: filter.display_name.as_deref(),
        email: filter.email.as_deref(),
        among: among.as_deref(),
        page,
    };
    let found = db::moderation::admin::list_accounts(&mut connection, &query).await?;
    let accounts = seen(&mut connection, app, acting, found, &offices).await?;
    drop(connection);
    looked(app, acting, accounts, look).await
}

/// One account. `NotFound` for the server's own.
pub async fn account(
    app: &App,
    acting: &Acting,
    id: AccountId,
    look: Look<'_>,
) -> Result<AdminAccount> {
    let mut connection = app.db.acquire().await?;
    let found = db::accounts::by_id(&mut connection, id)
        .await?
        .filter(|account| account.id.get() > 0)
        .ok_or(Error::NotFound)?;
    let offices = Offices::load(&mut connection).await?;
    let found = seen(&mut connection, app, acting, vec![found], &offices).await?;
    drop(connection);
    let mut accounts = looked(app, acting, found, look).await?;
    accounts.pop().ok_or(Error::NotFound)
}

/// Several accounts without private data, for what names them.
pub async fn accounts_by_ids(
    app: &App,
    acting: &Acting,
    ids: &[AccountId],
) -> Result<HashMap<AccountId, AdminAccount>> {
    let mut connection = app.db.acquire().await?;
    let found = db::accounts::by_ids(&mut connection, ids).await?;
    let offices = Offices::load(&mut connection).await?;
    let found = seen(&mut connection, app, acting, found, &offices).await?;
    drop(connection);
    let accounts = looked(app, acting, found, Look::Away).await?;
    Ok(accounts
        .into_iter()
        .map(|seen| (seen.account.id, seen))
        .collect())
}

/// Puts beside accounts what moderators see.
async fn seen(
    connection: &mut PgConnection,
    app: &App,
    acting: &Acting,
    accounts: Vec<Account>,
    offices: &Offices,
) -> Result<Vec<AdminAccount>> {
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id).collect();
    let keys: Vec<String> = ids.iter().map(ToString::to_string).collect();
    let rows = db::moderation::admin::member_rows(connection, &ids).await?;
    let mut members: HashMap<AccountId, MemberRow> =
        rows.into_iter().map(|row| (row.account_id, row)).collect();
    let mut pending = pending::among(connection, app, acting, "account", &keys).await?;
    Ok(accounts
        .into_iter()
        .zip(keys)
        .map(|(account, key)| AdminAccount {
            member: members.remove(&account.id),
            is_moderator: offices.moderators.contains(&account.id),
            is_on_board: offices.board.contains(&account.id),
            pending: pending.remove(&key).unwrap_or_default(),
            is_withheld: false,
            account,
        })
        .collect())
}

/// Takes mail addresses out, or writes down who looks at which and why, before anybody does.
async fn looked(
    app: &App,
    acting: &Acting,
    mut accounts: Vec<AdminAccount>,
    look: Look<'_>,
) -> Result<Vec<AdminAccount>> {
    let has_mail = |seen: &&mut AdminAccount| {
        seen.member
            .as_ref()
            .is_some_and(|member| member.email.is_some())
    };
    let mut about = Vec::new();
    for seen in accounts.iter_mut().filter(has_mail) {
        about.push(Target::Account(seen.account.id));
        if let (Look::Away, Some(member)) = (look, &mut seen.member) {
            member.email = None;
            seen.is_withheld = true;
        }
    }
    if let Look::Because(reason) = look
        && !about.is_empty()
    {
        let mut tx = app.db.begin().await?;
        record_look(&mut tx, app, acting, "email", &about, reason).await?;
        tx.commit().await?;
    }
    Ok(accounts)
}

/// Accounts of those in office.
struct Offices {
    moderators: Vec<AccountId>,
    board: Vec<AccountId>,
}

impl Offices {
    async fn load(connection: &mut PgConnection) -> Result<Self> {
        let seats = db::moderation::seats(connection).await?;
        let on_board = db::moderation::board(connection).await?;
        let board = db::moderation::persons(connection, &on_board).await?;
        Ok(Self {
            moderators: seats
                .iter()
                .filter_map(|seat| seat.holder.account_id)
                .collect(),
            board: board
                .iter()
                .filter_map(|person| person.account_id)
                .collect(),
        })
    }

    fn ids(&self, moderators: bool, board: bool) -> Vec<AccountId> {
        let mut ids = Vec::new();
        if moderators {
            ids.extend(&self.moderators);
        }
        if board {
            ids.extend(&self.board);
        }
        ids
    }
}
