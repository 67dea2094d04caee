//! Who sits before the browser.

use std::net::IpAddr;

use axum::extract::FromRequestParts;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use http::{HeaderValue, request::Parts};
use model::{
    Viewer,
    member::{Member, Session, Standing},
};
use service::{auth, keys, moderation::acting, second_factor};

use super::{
    cookies::{Cookie, Jar},
    form_token::{self, TiedTo},
};
use crate::{State, extract::ClientAddress, pages::PageError};

/// A browser, as its cookies tell.
pub(crate) struct Browser {
    /// Who is signed in, if anybody is.
    pub(crate) signed_in: Option<SignedIn>,
    /// Who is signed in, but has to set up a second factor before anything else: nobody, to most pages.
    owes_second_factor: Option<SignedIn>,
    /// What offices they hold: which consoles are theirs.
    pub(crate) offices: Offices,
    /// Its address.
    pub(super) address: IpAddr,
    visitor: Option<String>,
}

/// What offices somebody holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Offices {
    /// A moderator's seat.
    pub(crate) moderates: bool,
    /// A place on the board.
    pub(crate) is_on_board: bool,
}

impl Offices {
    async fn of(state: &State, signed_in: Option<&SignedIn>) -> service::Result<Self> {
        let Some(signed_in) = signed_in else {
            return Ok(Self::default());
        };
        let officer = acting::officer(&state.app, signed_in.member.account.id).await?;
        Ok(officer.map_or_else(Self::default, |officer| Self {
            moderates: officer.seat.is_some(),
            is_on_board: officer.on_board,
        }))
    }
}

/// A member who is signed in and may use the server.
pub(crate) struct SignedIn {
    /// The session.
    pub(crate) session: Session,
    /// Who it is.
    pub(crate) member: Member,
    cookie: String,
}

/// What a form on a page needs.
pub(crate) struct FormSecret {
    /// The hidden value.
    pub(crate) token: String,
    /// A cookie that has to go along with the page, if the browser had none.
    pub(crate) cookie: Option<HeaderValue>,
}

impl SignedIn {
    /// The hidden value for this member's forms.
    pub(crate) fn form_token(&self, state: &State) -> String {
        form_token::make(&state.app.keys, TiedTo::Session(&self.cookie))
    }
}

impl Browser {
    /// Who sits there, also if something is asked of them before they may do anything.
    pub(crate) fn sitting(&self) -> Option<&SignedIn> {
        self.signed_in.as_ref().or(self.owes_second_factor.as_ref())
    }

    /// For whom pages are shown.
    pub(crate) fn viewer(&self) -> Viewer {
        let member = self
            .signed_in
            .as_ref()
            .map(|signed_in| signed_in.member.account.id);
        member.map_or(Viewer::Anybody, Viewer::Account)
    }

    /// What a form on the page to be shown needs.
    pub(crate) fn form_secret(&self, state: &State) -> FormSecret {
        let made = |tied_to| form_token::make(&state.app.keys, tied_to);
        match (self.sitting(), &self.visitor) {
            (Some(signed_in), _) => FormSecret {
                token: signed_in.form_token(state),
                cookie: None,
            },
            (None, Some(visitor)) => FormSecret {
                token: made(TiedTo::Visitor(visitor)),
                cookie: None,
            },
            (None, None) => {
                let visitor = URL_SAFE_NO_PAD.encode(keys::random_bytes::<32>());
                let cookie = Jar::of(&state.app.settings).give(Cookie::Visitor, &visitor);
                FormSecret {
                    token: made(TiedTo::Visitor(&visitor)),
                    cookie: Some(cookie),
                }
            }
        }
    }

    /// Whether a form brought the value that belongs to this browser.
    pub(super) fn may_have_sent(&self, state: &State, token: &str) -> bool {
        let tied_to = match (self.sitting(), &self.visitor) {
            (Some(signed_in), _) => TiedTo::Session(&signed_in.cookie),
            (None, Some(visitor)) => TiedTo::Visitor(visitor),
            (None, None) => return false,
        };
        form_token::is_right(&state.app.keys, tied_to, token)
    }
}

impl FromRequestParts<State> for Browser {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, PageError> {
        let jar = Jar::of(&state.app.settings);
        let address = ClientAddress::of(&parts.extensions);
        let visitor = jar.read(&parts.headers, Cookie::Visitor).map(str::to_owned);
        let Some(cookie) = jar.read(&parts.headers, Cookie::Session) else {
            return Ok(Self {
                signed_in: None,
                owes_second_factor: None,
                offices: Offices::default(),
                address,
                visitor,
            });
        };
        let found = auth::find_session(&state.app, cookie).await?;
        let sitting = found
            .filter(|(_, member)| member.standing() == Standing::Good)
            .map(|(session, member)| SignedIn {
                session,
                member,
                cookie: cookie.to_owned(),
            });
        let owes = match &sitting {
            Some(sitting) => second_factor::must_set_up(&state.app, &sitting.member).await?,
            None => false,
        };
        let (signed_in, owes_second_factor) = if owes {
            (None, sitting)
        } else {
            (sitting, None)
        };
        Ok(Self {
            offices: Offices::of(state, signed_in.as_ref()).await?,
            signed_in,
            owes_second_factor,
            address,
            visitor,
        })
    }
}
