//! How we are found: `WebFinger`, host-meta, `NodeInfo`.

use serde::Serialize;

use crate::html;

/// A `WebFinger` answer (RFC 7033).
#[derive(Debug, Clone, Serialize)]
pub struct Jrd {
    /// `acct:` with the handle's canonical case and domain, whatever was asked.
    pub subject: String,
    /// Profile page and actor id.
    pub aliases: Vec<String>,
    /// Where to go.
    pub links: Vec<JrdLink>,
}

/// A link of a `WebFinger` answer.
#[derive(Debug, Clone, Default, Serialize)]
pub struct JrdLink {
    /// Relation.
    pub rel: &'static str,
    /// Media type.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub media_type: Option<String>,
    /// Address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Address to be filled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
}

impl Jrd {
    /// The answer about an actor. `base_url` is our public scheme and host.
    pub fn for_actor(acct: &str, actor: &str, page: &str, base_url: &str) -> Self {
        let link = |rel, media_type: &str, href: &str| JrdLink {
            rel,
            media_type: Some(media_type.to_owned()),
            href: Some(href.to_owned()),
            template: None,
        };
        Self {
            subject: format!("acct:{acct}"),
            aliases: vec![page.to_owned(), actor.to_owned()],
            links: vec![
                link("http://webfinger.net/rel/profile-page", "text/html", page),
                link("self", "application/activity+json", actor),
                JrdLink {
                    rel: "http://ostatus.org/schema/1.0/subscribe",
                    template: Some(format!("{base_url}/authorize_interaction?uri={{uri}}")),
                    ..JrdLink::default()
                },
            ],
        }
    }
}

/// host-meta (RFC 6415): where this domain's `WebFinger` is.
#[derive(Debug, Clone, Serialize)]
pub struct HostMeta {
    links: [JrdLink; 1],
}

impl HostMeta {
    /// For our public scheme and host.
    pub fn new(base_url: &str) -> Self {
        Self {
            links: [JrdLink {
                rel: "lrdd",
                template: Some(format!("{base_url}/.well-known/webfinger?resource={{uri}}")),
                ..JrdLink::default()
            }],
        }
    }

    /// As `application/xrd+xml`.
    pub fn to_xml(&self) -> String {
        let template = html::escape(self.links[0].template.as_deref().unwrap_or_default());
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n  \
             <Link rel=\"lrdd\" template=\"{template}\"/>\n</XRD>\n"
        )
    }
}

/// Versions of `NodeInfo` we serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeInfoVersion {
    /// 2.0, which everybody reads.
    V2_0,
    /// 2.1, which adds where the source is.
    V2_1,
}

impl NodeInfoVersion {
    /// As in addresses and documents.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2_0 => "2.0",
            Self::V2_1 => "2.1",
        }
    }

    /// The media type to serve it with.
    pub fn content_type(self) -> String {
        format!(
            "application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/{}#\"",
            self.as_str()
        )
    }
}

/// `/.well-known/nodeinfo`.
#[derive(Debug, Clone, Serialize)]
pub struct NodeInfoIndex {
    links: [JrdLink; 3],
}

impl NodeInfoIndex {
    /// Both versions and, by FEP-2677, the server's own actor.
    pub fn new(base_url: &str, instance_actor: &str) -> Self {
        let link = |rel, href: String| JrdLink {
            rel,
            href: Some(href),
            ..JrdLink::default()
        };
        Self {
            links: [
                link(
                    "http://nodeinfo.diaspora.software/ns/schema/2.0",
                    format!("{base_url}/nodeinfo/2.0"),
                ),
                link(
                    "http://nodeinfo.diaspora.software/ns/schema/2.1",
                    format!("{base_url}/nodeinfo/2.1"),
                ),
                link(
                    "https://www.w3.org/ns/activitystreams#Application",
                    instance_actor.to_owned(),
                ),
            ],
        }
    }
}

/// What we say of ourselves.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeInfo {
    /// `2.0` or `2.1`.
    pub version: &'static str,
    /// Name and version.
    pub software: NodeInfoSoftware,
    /// `["activitypub"]`.
    pub protocols: [&'static str; 1],
    /// None.
    pub services: NodeInfoServices,
    /// How many members and posts.
    pub usage: NodeInfoUsage,
    /// Whether anybody may register.
    pub open_registrations: bool,
    /// Name of the server and the like.
    pub metadata: serde_json::Map<String, serde_json::Value>,
}

impl NodeInfo {
    /// A document with the fixed parts filled in.
    pub fn new(version: NodeInfoVersion, software: NodeInfoSoftware, usage: NodeInfoUsage) -> Self {
        let software = match version {
            NodeInfoVersion::V2_0 => NodeInfoSoftware {
                repository: None,
                homepage: None,
                ..software
            },
            NodeInfoVersion::V2_1 => software,
        };
        Self {
            version: version.as_str(),
            software,
            protocols: ["activitypub"],
            services: NodeInfoServices::default(),
            usage,
            open_registrations: false,
            metadata: serde_json::Map::new(),
        }
    }
}

/// The software.
#[derive(Debug, Clone, Serialize)]
pub struct NodeInfoSoftware {
    /// Lower case.
    pub name: &'static str,
    /// Version.
    pub version: String,
    /// Where the source is; only in 2.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// Where to read about it; only in 2.1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub homepage: Option<String>,
}

/// Other networks, none.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NodeInfoServices {
    /// Read from.
    pub inbound: [&'static str; 0],
    /// Written to.
    pub outbound: [&'static str; 0],
}

/// Numbers.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeInfoUsage {
    /// Members.
    pub users: NodeInfoUsers,
    /// Posts written here.
    pub local_posts: u64,
}

/// Numbers of members.
#[derive(Debug, Clone, Copy, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NodeInfoUsers {
    /// All.
    pub total: u64,
    /// Active within 30 days.
    pub active_month: u64,
    /// Active within 180 days.
    pub active_halfyear: u64,
}
