//! How this server deals with others.

use super::network::AddressRange;
use super::reader::Reader;
use super::table::{Kind, Section, accept, map};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Federation",
    introduction: "",
    variables: &[
        accept("ALLOWED_PRIVATE_ADDRESSES", Kind::List(','), "", "Addresses or ranges (`10.1.0.0/16`) of private networks that outgoing requests may reach all the same."),
        accept("AUTHORIZED_FETCH", Kind::Boolean, "", "Posts and collections are handed only to servers that sign their request."),
        accept("LIMITED_FEDERATION_MODE", Kind::Boolean, "", "Only servers that are allowed by name are dealt with; about, rules, terms and the moderation log stay public.")
            .formerly(&["WHITELIST_MODE"]),
        accept("DISALLOW_UNAUTHENTICATED_API_ACCESS", Kind::Boolean, "", "The client API answers only those who are signed in, but for instance and log.").with("limits for visitors"),
        accept("DISABLE_FOLLOWERS_SYNCHRONIZATION", Kind::Boolean, "", "No comparison of follower lists between servers (FEP-8fcf).").with("followers synchronisation"),
        accept("http_proxy", Kind::Text, "", "Proxy for outgoing requests.").with("outgoing proxies"),
        accept("http_hidden_proxy", Kind::Text, "", "Proxy for requests to onion services.").with("outgoing proxies"),
        accept("ALLOW_ACCESS_TO_HIDDEN_SERVICE", Kind::Boolean, "", "Onion services may be reached over plain http.").with("outgoing proxies"),
        map("MAX_REQUEST_POOL_SIZE", Kind::Integer, "512", "Bounds how many outgoing requests run at once.").with("the outgoing client's own limit"),
    ],
};

/// How this server deals with others.
#[derive(Debug, Clone)]
pub struct Federation {
    /// Exceptions from the rule that outgoing requests reach only public addresses.
    pub allowed_private_addresses: Vec<AddressRange>,
    /// Whether objects are handed out to signed requests only.
    pub authorized_fetch: bool,
    /// Whether only listed servers are dealt with; documents are then handed out to signed requests only.
    pub limited: bool,
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Federation {
    let limited = reader.boolean("LIMITED_FEDERATION_MODE");
    Federation {
        allowed_private_addresses: super::network::ranges(reader, "ALLOWED_PRIVATE_ADDRESSES"),
        authorized_fetch: reader.boolean("AUTHORIZED_FETCH") || limited,
        limited,
    }
}
