//! Rules about servers, mail and addresses.

use aws_lc_rs::digest::{SHA256, digest};
use mastodon::{Id, Timestamp, admin};
use service::moderation::admin::{
    DomainAllowRow, DomainBlockRow, EmailBlockRow, EmailDomainBlockRow, IpBlockRow, Ruled,
};

use crate::render::Renderer;

impl Renderer {
    fn note_of<T>(&self, ruled: &Ruled<T>) -> admin::Note {
        let mut note = self.note(&ruled.pending);
        note.is_proposed = ruled.is_proposed;
        note
    }

    /// A rule about a server.
    pub(crate) fn domain_block<'a>(
        &self,
        ruled: &'a Ruled<DomainBlockRow>,
    ) -> admin::DomainBlock<'a> {
        let rule = &ruled.rule;
        admin::DomainBlock {
            id: Id(rule.id),
            domain: rule.domain.as_str().into(),
            digest: hex::encode(digest(&SHA256, rule.domain.as_bytes())).into(),
            created_at: Timestamp(rule.created_at),
            severity: &rule.severity,
            reject_media: rule.reject_media,
            reject_reports: rule.reject_reports,
            private_comment: Some(rule.private_comment.as_str().into()),
            public_comment: Some(rule.public_comment.as_str().into()),
            obfuscate: rule.obfuscate,
            moot: self.note_of(ruled),
        }
    }

    /// A server that may federate.
    pub(crate) fn domain_allow<'a>(
        &self,
        ruled: &'a Ruled<DomainAllowRow>,
    ) -> admin::DomainAllow<'a> {
        admin::DomainAllow {
            id: Id(ruled.rule.id),
            domain: ruled.rule.domain.as_str().into(),
            created_at: Timestamp(ruled.rule.created_at),
            moot: self.note_of(ruled),
        }
    }

    /// A mail provider.
    pub(crate) fn email_domain_block<'a>(
        &self,
        ruled: &'a Ruled<EmailDomainBlockRow>,
    ) -> admin::EmailDomainBlock<'a> {
        admin::EmailDomainBlock {
            id: Id(ruled.rule.id),
            domain: ruled.rule.domain.as_str().into(),
            created_at: Timestamp(ruled.rule.created_at),
            history: Vec::new(),
            allow_with_approval: ruled.rule.allow_with_approval,
            moot: self.note_of(ruled),
        }
    }

    /// A mail address.
    pub(crate) fn email_block<'a>(
        &self,
        ruled: &'a Ruled<EmailBlockRow>,
    ) -> admin::CanonicalEmailBlock<'a> {
        admin::CanonicalEmailBlock {
            id: Id(ruled.rule.id),
            canonical_email_hash: ruled.rule.hash.as_str().into(),
            moot: self.note_of(ruled),
        }
    }

    /// A range of addresses.
    pub(crate) fn ip_block<'a>(&self, ruled: &'a Ruled<IpBlockRow>) -> admin::IpBlock<'a> {
        let rule = &ruled.rule;
        admin::IpBlock {
            id: Id(rule.id),
            ip: rule.range.as_str().into(),
            severity: &rule.severity,
            comment: rule.comment.as_str().into(),
            created_at: Timestamp(rule.created_at),
            expires_at: rule.expires_at.map(Timestamp),
            moot: self.note_of(ruled),
        }
    }
}
