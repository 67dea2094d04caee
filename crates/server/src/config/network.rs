//! Where the server listens and whose word about a caller's address it believes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

pub use federation::AddressRange;

use super::profile::{Profile, is_local};
use super::reader::Reader;
use super::table::{Kind, Section, accept, map, no_op};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Network",
    introduction: "One process serves the web, the API and streaming.",
    variables: &[
        accept("PORT", Kind::Integer, "3000", "TCP port to listen on."),
        accept(
            "BIND",
            Kind::Text,
            "127.0.0.1",
            "Address to listen on. The demo and test profiles take loopback addresses only.",
        ),
        accept(
            "SOCKET",
            Kind::Text,
            "",
            "Unix socket to listen on in place of a port.",
        ),
        accept(
            "MOOT_MAX_CONNECTIONS",
            Kind::Integer,
            "4096",
            "Open connections at once; further ones wait.",
        ),
        accept(
            "TRUSTED_PROXY_IP",
            Kind::List(','),
            "",
            "Proxies whose `X-Forwarded-*` is believed. Without it: loopback and private ranges; setting it replaces these. It never says who may sign people in.",
        ),
        accept(
            "STREAMING_API_BASE_URL",
            Kind::Text,
            "",
            "Address of streaming, as told to apps, when it differs from the web's.",
        )
        .with("streaming"),
        accept("CDN_HOST", Kind::Text, "", "Host that serves static files.").with("the web client"),
        accept(
            "PROXY_PROTO_V1",
            Kind::Boolean,
            "",
            "Connections begin with the PROXY protocol's line.",
        )
        .with("the PROXY protocol"),
        map(
            "SIDEKIQ_CONCURRENCY",
            Kind::Integer,
            "8",
            "Sets how many jobs run at once.",
        ),
        accept(
            "MASTODON_SIDEKIQ_READY_FILENAME",
            Kind::Text,
            "",
            "A file with this name is touched in the working folder when the workers run.",
        ),
        accept(
            "MOOT_ROLES",
            Kind::List(','),
            "web,stream,worker",
            "Which parts this process runs.",
        )
        .with("several nodes"),
        accept(
            "CACHE_BUSTER_ENABLED",
            Kind::Boolean,
            "",
            "Caches in front are told of deleted files.",
        )
        .with("media"),
        accept(
            "CACHE_BUSTER_HTTP_METHOD",
            Kind::Text,
            "GET",
            "With which method.",
        )
        .with("media"),
        accept(
            "CACHE_BUSTER_SECRET_HEADER",
            Kind::Text,
            "",
            "With which header.",
        )
        .with("media"),
        accept("CACHE_BUSTER_SECRET", Kind::Text, "", "And its value.")
            .secret()
            .with("media"),
        accept(
            "FFMPEG_BINARY",
            Kind::Text,
            "ffmpeg",
            "Program for video and sound.",
        )
        .with("media"),
        accept(
            "FFPROBE_BINARY",
            Kind::Text,
            "ffprobe",
            "Program that looks into video and sound.",
        )
        .with("media"),
    ],
};

/// Variables of Mastodon's processes that have no counterpart in a single binary.
pub const MASTODON_PROCESSES: Section = Section {
    title: "Mastodon's processes",
    introduction: "",
    variables: &[
        no_op(
            "RAILS_ENV",
            "Moot is not a Rails program; see `MOOT_PROFILE`.",
        ),
        no_op("NODE_ENV", "Moot runs no Node."),
        no_op(
            "RAILS_SERVE_STATIC_FILES",
            "Moot always serves its own files.",
        ),
        no_op("WEB_CONCURRENCY", "One process uses all cores."),
        no_op("MAX_THREADS", "Requests do not take a thread each."),
        no_op("MIN_THREADS", "Requests do not take a thread each."),
        no_op(
            "PERSISTENT_TIMEOUT",
            "Idle connections cost next to nothing.",
        ),
        no_op("BUNDLE_GEMFILE", "Moot is not a Ruby program."),
        no_op("SENDFILE_HEADER", "Moot sends files itself."),
        no_op("MASTODON_USE_LIBVIPS", "Moot brings its own image code."),
        no_op("HEROKU", "Moot needs no special case for it."),
        no_op("PATH", "Used by the system alone."),
        no_op("CI", "Used by test runners alone."),
    ],
};

/// Where the server listens.
#[derive(Debug, Clone)]
pub struct Network {
    /// Port or socket.
    pub listen: Listen,
    /// Open connections at once.
    pub max_connections: usize,
    /// Proxies whose word is believed.
    pub trusted_proxies: Vec<AddressRange>,
    /// Jobs at once.
    pub job_concurrency: u32,
    /// File touched when the workers run.
    pub workers_ready_file: Option<PathBuf>,
}

/// Port or socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listen {
    /// TCP.
    Tcp(SocketAddr),
    /// A unix socket at this path; the port is that of the default domain only.
    Unix(PathBuf, u16),
}

impl Network {
    /// The port people would type.
    pub fn port(&self) -> u16 {
        match &self.listen {
            Listen::Tcp(address) => address.port(),
            Listen::Unix(_, port) => *port,
        }
    }
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>, profile: Profile) -> Network {
    let port = reader.number("PORT");
    let bind = reader.text("BIND").unwrap_or_default();
    let address = match bind.as_str() {
        "localhost" => Some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
        other => other
            .trim_start_matches('[')
            .trim_end_matches(']')
            .parse()
            .ok(),
    };
    if address.is_none() {
        reader.error("BIND must be an address of this machine, such as 127.0.0.1, 0.0.0.0 or ::1");
    }
    let address = address.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    if is_local(profile) && !address.is_loopback() {
        reader.error(format!(
            "the {} profile listens on loopback addresses only, not on BIND={bind}",
            profile.as_str()
        ));
    }
    let listen = match reader.text("SOCKET") {
        Some(path) => Listen::Unix(absolute(path), port),
        None => Listen::Tcp(SocketAddr::new(address, port)),
    };
    let mut trusted_proxies = ranges(reader, "TRUSTED_PROXY_IP");
    if trusted_proxies.is_empty() {
        trusted_proxies = default_proxies();
    }
    Network {
        listen,
        trusted_proxies,
        max_connections: reader.number("MOOT_MAX_CONNECTIONS"),
        job_concurrency: reader.number::<u32>("SIDEKIQ_CONCURRENCY").max(1),
        workers_ready_file: reader.text("MASTODON_SIDEKIQ_READY_FILENAME").map(absolute),
    }
}

/// Paths are meant from where Moot was started, although it may work elsewhere once it has given up root.
fn absolute(path: String) -> PathBuf {
    std::path::absolute(&path).unwrap_or_else(|_| PathBuf::from(path))
}

/// Reads a list of addresses and ranges.
pub(super) fn ranges(reader: &mut Reader<'_>, name: &'static str) -> Vec<AddressRange> {
    let mut ranges = Vec::new();
    for text in reader.list(name) {
        match text.parse() {
            Ok(range) => ranges.push(range),
            Err(error) => reader.error(format!("{name}: {error}")),
        }
    }
    ranges
}

/// Loopback and private ranges, as in Rails.
fn default_proxies() -> Vec<AddressRange> {
    [
        "127.0.0.0/8",
        "::1",
        "fc00::/7",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
    ]
    .iter()
    .map(|text| {
        text.parse()
            .expect("the private ranges are written as ranges")
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// S61: a list of one's own replaces the defaults.
    #[test]
    fn own_proxies_replace_the_private_ranges() {
        let layers = super::super::layers::Layers::of(&[("TRUSTED_PROXY_IP", "192.0.2.7")]);
        let mut reader = Reader::new(&layers);

        let network = read(&mut reader, Profile::Production);

        assert_eq!(network.trusted_proxies, ["192.0.2.7".parse().unwrap()]);
    }
}
