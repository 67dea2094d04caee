//! The server about itself.

use std::borrow::Cow;

use mastodon::{
    AccountLimits, ApiVersions, Configuration, Contact, FeedAccess, Instance, MediaLimits,
    PollLimits, Registrations, StatusLimits, Thumbnail, TimelinesAccess, Translation, Urls, Usage,
    UsageUsers, Vapid, instance_v1,
};
use model::instance;

use service::moderation::board::documents::Papers;

use super::{Renderer, documents::rules};

/// The Mastodon that apps may take us for. They switch features on by it, so it is the newest
/// whose features, as far as apps cannot ask for them otherwise, are here.
const COMPATIBLE_WITH: &str = "4.2.0";

/// The same as a number, counted since 4.3. Higher ones promise grouped notifications and quotes.
const API_VERSION: u32 = 1;

/// Figures of Mastodon that no setting changes.
const CHARACTERS_PER_URL: u32 = 23;

impl Renderer {
    /// The server, as asked since Mastodon 4.0.
    pub(crate) fn instance<'a>(
        &'a self,
        usage: instance::Usage,
        way: instance::Registrations,
        papers: &'a Papers,
    ) -> Instance<'a> {
        let presentation = &self.settings.presentation;
        Instance {
            domain: self.settings.local_domain.as_str().into(),
            title: presentation.title.as_str().into(),
            version: version().into(),
            source_url: presentation.source_url.as_str().into(),
            description: presentation.description.as_str().into(),
            usage: Usage {
                users: UsageUsers {
                    active_month: usage.active_month,
                },
            },
            thumbnail: Thumbnail {
                url: self.missing_header.as_str().into(),
                description: "".into(),
            },
            icon: Vec::new(),
            languages: self.languages(),
            configuration: self.configuration(papers),
            registrations: self.registrations(way),
            api_versions: ApiVersions {
                mastodon: API_VERSION,
            },
            wrapstodon: (),
            contact: Contact {
                email: presentation.contact_email.as_str().into(),
                account: None,
            },
            rules: rules(&papers.rules),
        }
    }

    /// The server, as asked before.
    pub(crate) fn instance_v1<'a>(
        &'a self,
        usage: instance::Usage,
        way: instance::Registrations,
        papers: &'a Papers,
    ) -> instance_v1::Instance<'a> {
        let presentation = &self.settings.presentation;
        instance_v1::Instance {
            uri: self.settings.local_domain.as_str().into(),
            title: presentation.title.as_str().into(),
            short_description: presentation.description.as_str().into(),
            description: presentation.description.as_str().into(),
            email: presentation.contact_email.as_str().into(),
            version: version().into(),
            urls: instance_v1::Urls {
                streaming_api: self.streaming_url().into(),
            },
            stats: instance_v1::Stats {
                user_count: usage.members,
                status_count: usage.local_statuses,
                domain_count: usage.peers,
            },
            thumbnail: Some(self.missing_header.as_str().into()),
            languages: self.languages(),
            registrations: way != instance::Registrations::Closed,
            approval_required: way == instance::Registrations::Approval,
            invites_enabled: false,
            configuration: instance_v1::Configuration {
                accounts: instance_v1::AccountLimits {
                    max_featured_tags: 0,
                },
                statuses: self.status_limits(),
                media_attachments: media_limits(),
                polls: poll_limits(),
            },
            contact_account: None,
            rules: rules(&papers.rules),
        }
    }

    fn languages(&self) -> Vec<Cow<'_, str>> {
        self.settings
            .presentation
            .languages
            .iter()
            .map(|code| code.as_str().into())
            .collect()
    }

    fn configuration(&self, papers: &Papers) -> Configuration<'_> {
        let base = self.urls.base();
        Configuration {
            urls: Urls {
                streaming: self.streaming_url().into(),
                status: None,
                about: format!("{base}/about").into(),
                privacy_policy: format!("{base}/privacy-policy").into(),
                terms_of_service: papers
                    .has_terms
                    .then(|| format!("{base}/terms-of-service").into()),
            },
            vapid: Vapid {
                public_key: "".into(),
            },
            accounts: self.account_limits(),
            statuses: self.status_limits(),
            media_attachments: media_limits(),
            polls: poll_limits(),
            translation: Translation { enabled: false },
            timelines_access: TimelinesAccess {
                live_feeds: FeedAccess::PUBLIC,
                hashtag_feeds: FeedAccess::PUBLIC,
                trending_link_feeds: FeedAccess::PUBLIC,
            },
            limited_federation: false,
        }
    }

    fn account_limits(&self) -> AccountLimits {
        let limits = &self.settings.limits;
        AccountLimits {
            max_display_name_length: count(limits.display_name_characters),
            max_note_length: count(limits.note_characters),
            max_avatar_description_length: 150,
            max_header_description_length: 150,
            max_featured_tags: 0,
            max_pinned_statuses: 0,
            max_profile_fields: count(limits.profile_fields),
            profile_field_name_limit: 255,
            profile_field_value_limit: 255,
        }
    }

    fn status_limits(&self) -> StatusLimits {
        StatusLimits {
            max_characters: count(self.settings.limits.status_characters),
            max_media_attachments: 0,
            characters_reserved_per_url: CHARACTERS_PER_URL,
        }
    }

    #[expect(clippy::unused_self, reason = "beside its siblings")]
    fn registrations(&self, way: instance::Registrations) -> Registrations<'_> {
        Registrations {
            enabled: way != instance::Registrations::Closed,
            approval_required: way == instance::Registrations::Approval,
            reason_required: false,
            message: None,
            min_age: None,
            url: None,
        }
    }

    /// The base with the scheme of web sockets.
    fn streaming_url(&self) -> String {
        self.urls.base().replacen("http", "ws", 1)
    }
}

fn version() -> String {
    format!(
        "{COMPATIBLE_WITH} (compatible; Moot {})",
        env!("CARGO_PKG_VERSION")
    )
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// No files are taken yet; the other limits are Mastodon's.
fn media_limits() -> MediaLimits<'static> {
    MediaLimits {
        description_limit: 1500,
        image_matrix_limit: 33_177_600,
        image_size_limit: 16_777_216,
        supported_mime_types: Vec::new(),
        video_frame_rate_limit: 120,
        video_matrix_limit: 8_294_400,
        video_size_limit: 103_809_024,
    }
}

/// No polls are taken yet; the other limits are Mastodon's.
fn poll_limits() -> PollLimits {
    PollLimits {
        max_options: 0,
        max_characters_per_option: 50,
        min_expiration: 300,
        max_expiration: 2_629_746,
    }
}
