//! What kind of attachment a file is.

/// The kinds of attachments that apps know how to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A still picture.
    Image,
    /// A silent film that plays like a moving picture, once a GIF.
    Gifv,
    /// A film.
    Video,
    /// A sound.
    Audio,
    /// Anything else: shown as a link.
    Unknown,
}

/// Media types of sounds that do not say so, with Mastodon's reading of them.
const AUDIO_IN_DISGUISE: [&str; 3] = ["video/x-ms-asf", "application/ogg", "application/x-ogg"];

impl Kind {
    /// The word that Mastodon's client API has for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Gifv => "gifv",
            Self::Video => "video",
            Self::Audio => "audio",
            Self::Unknown => "unknown",
        }
    }

    /// The kind of that name in Mastodon's client API.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Image,
            Self::Gifv,
            Self::Video,
            Self::Audio,
            Self::Unknown,
        ]
        .into_iter()
        .find(|kind| kind.as_str() == name)
    }

    /// The kind of a file by its media type, whose parameters do not matter.
    ///
    /// An SVG is a program as much as a picture, and so is unknown; a GIF is a picture, since nobody
    /// has turned it into a film yet.
    pub fn from_media_type(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let essence = essence.to_ascii_lowercase();
        if AUDIO_IN_DISGUISE.contains(&essence.as_str()) {
            return Self::Audio;
        }
        match essence.split_once('/') {
            Some(("image", "svg+xml")) => Self::Unknown,
            Some(("image", _)) => Self::Image,
            Some(("video", _)) => Self::Video,
            Some(("audio", _)) => Self::Audio,
            _ => Self::Unknown,
        }
    }

    /// The kind of an attachment of another server's post. Its media type decides; if it has none that says
    /// anything, its object's type (`Image`, `Video`, `Audio`), then the extension of its address.
    pub fn of_remote(media_type: Option<&str>, object_type: Option<&str>, url: &str) -> Self {
        // S28: only a first guess for showing it; what the file really is, its bytes say.
        if let Some(media_type) = media_type.filter(|media_type| says_something(media_type)) {
            return Self::from_media_type(media_type);
        }
        match object_type {
            Some("Image") => Self::Image,
            Some("Video") => Self::Video,
            Some("Audio") => Self::Audio,
            _ => media_type_of_url(url).map_or(Self::Unknown, Self::from_media_type),
        }
    }
}

fn says_something(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.contains('/') && !essence.eq_ignore_ascii_case("application/octet-stream")
}

/// The media type that the extension of an address stands for, if it is one of those Mastodon takes.
fn media_type_of_url(url: &str) -> Option<&'static str> {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let after_scheme = path.split_once("://").map_or(path, |(_, rest)| rest);
    let (_, path) = after_scheme.split_once('/')?;
    let file = path.rsplit('/').next().unwrap_or_default();
    let (_, extension) = file.rsplit_once('.')?;
    Some(match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "image/jpeg",
        "png" => "image/png",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "heic" => "image/heic",
        "heif" => "image/heif",
        "avif" => "image/avif",
        "webm" => "video/webm",
        "mp4" | "m4v" => "video/mp4",
        "mov" => "video/quicktime",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "aac" => "audio/aac",
        "m4a" => "audio/mp4",
        "3gp" => "audio/3gpp",
        "wma" => "video/x-ms-asf",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_media_type_decides_if_it_says_anything() {
        for (media_type, object_type, url, kind) in [
            (
                Some("image/jpeg"),
                Some("Video"),
                "https://x.example/a.mp4",
                Kind::Image,
            ),
            (Some("IMAGE/PNG; q=1"), None, "", Kind::Image),
            (
                Some("image/svg+xml"),
                Some("Image"),
                "https://x.example/a.svg",
                Kind::Unknown,
            ),
            (Some("video/webm"), Some("Document"), "", Kind::Video),
            (Some("audio/flac"), None, "", Kind::Audio),
            (Some("video/x-ms-asf"), None, "", Kind::Audio),
            (
                Some("text/html"),
                Some("Image"),
                "https://x.example/a.png",
                Kind::Unknown,
            ),
            (
                Some("application/octet-stream"),
                Some("Image"),
                "",
                Kind::Image,
            ),
            (Some(""), Some("Audio"), "", Kind::Audio),
            (
                None,
                Some("Document"),
                "https://x.example/a/b.JPG?size=1#x",
                Kind::Image,
            ),
            (None, None, "https://x.example/film.mov", Kind::Video),
            (None, None, "https://x.example/song.opus", Kind::Audio),
            (None, None, "https://x.example/page", Kind::Unknown),
            (None, None, "https://x.png", Kind::Unknown),
            (None, None, "", Kind::Unknown),
        ] {
            let found = Kind::of_remote(media_type, object_type, url);

            assert_eq!(found, kind, "{media_type:?} {object_type:?} {url}");
        }
    }

    #[test]
    fn every_kind_is_known_by_its_name() {
        for kind in [
            Kind::Image,
            Kind::Gifv,
            Kind::Video,
            Kind::Audio,
            Kind::Unknown,
        ] {
            assert_eq!(Kind::from_name(kind.as_str()), Some(kind));
        }
        assert_eq!(Kind::from_name("Image"), None);
    }
}
