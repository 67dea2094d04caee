//! Where files of posts and profiles are kept.

use super::table::{Kind, Section, accept, refuse};

const MEDIA: &str = "media";
const ELSEWHERE: &str = "use an object store that speaks S3 (most do, behind a gateway if need be) or the local folder, and move the files there first";

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Files",
    introduction: "",
    variables: &[
        accept(
            "PAPERCLIP_ROOT_PATH",
            Kind::Text,
            "public/system",
            "Local folder.",
        )
        .with(MEDIA),
        accept(
            "PAPERCLIP_ROOT_URL",
            Kind::Text,
            "/system",
            "Where it is served.",
        )
        .with(MEDIA),
        accept(
            "EXTRA_MEDIA_HOSTS",
            Kind::List(','),
            "",
            "Further hosts that pages may load files from.",
        )
        .formerly(&["EXTRA_DATA_HOSTS"])
        .with(MEDIA),
        accept(
            "S3_ENABLED",
            Kind::Boolean,
            "",
            "Files go to an object store.",
        )
        .with(MEDIA),
        accept("S3_BUCKET", Kind::Text, "", "Bucket.").with(MEDIA),
        accept("S3_REGION", Kind::Text, "us-east-1", "Region.").with(MEDIA),
        accept(
            "S3_ENDPOINT",
            Kind::Text,
            "",
            "Address of a store that is not Amazon's.",
        )
        .with(MEDIA),
        accept("S3_HOSTNAME", Kind::Text, "", "Host of file URLs.").with(MEDIA),
        accept("S3_PROTOCOL", Kind::Text, "https", "Start of file URLs.").with(MEDIA),
        accept(
            "S3_ALIAS_HOST",
            Kind::Text,
            "",
            "Host of file URLs, without the bucket.",
        )
        .with(MEDIA),
        accept(
            "S3_CLOUDFRONT_HOST",
            Kind::Text,
            "",
            "The same, older word.",
        )
        .with(MEDIA),
        accept("S3_KEY_PREFIX", Kind::Text, "", "Start of every key.").with(MEDIA),
        accept(
            "S3_PERMISSION",
            Kind::Text,
            "public-read",
            "Access rule of new files.",
        )
        .with(MEDIA),
        accept(
            "S3_SIGNATURE_VERSION",
            Kind::Text,
            "v4",
            "Form of signatures.",
        )
        .with(MEDIA),
        accept(
            "S3_OVERRIDE_PATH_STYLE",
            Kind::Boolean,
            "",
            "The bucket is part of the host name.",
        )
        .with(MEDIA),
        accept("S3_OPEN_TIMEOUT", Kind::Integer, "5", "Seconds.").with(MEDIA),
        accept("S3_READ_TIMEOUT", Kind::Integer, "5", "Seconds.").with(MEDIA),
        accept("S3_RETRY_LIMIT", Kind::Integer, "0", "Repetitions.").with(MEDIA),
        accept(
            "S3_FORCE_SINGLE_REQUEST",
            Kind::Boolean,
            "",
            "No reading in parts.",
        )
        .with(MEDIA),
        accept(
            "S3_ENABLE_CHECKSUM_MODE",
            Kind::Boolean,
            "",
            "Checksums on reading.",
        )
        .with(MEDIA),
        accept("S3_STORAGE_CLASS", Kind::Text, "", "Storage class.").with(MEDIA),
        accept(
            "S3_MULTIPART_THRESHOLD",
            Kind::Integer,
            "15728640",
            "Bytes from which files are sent in parts.",
        )
        .with(MEDIA),
        accept(
            "S3_BATCH_DELETE_LIMIT",
            Kind::Integer,
            "1000",
            "Files deleted at once.",
        )
        .with(MEDIA),
        accept("S3_BATCH_DELETE_RETRY", Kind::Integer, "3", "Repetitions.").with(MEDIA),
        accept("AWS_ACCESS_KEY_ID", Kind::Text, "", "Key.").with(MEDIA),
        accept("AWS_SECRET_ACCESS_KEY", Kind::Text, "", "Its secret.")
            .secret()
            .with(MEDIA),
        accept(
            "MOOT_CACHE_S3_*",
            Kind::Text,
            "",
            "A second bucket for copies of remote files, with the names above.",
        )
        .secret()
        .with(MEDIA),
        refuse("SWIFT_ENABLED", Kind::Boolean, ELSEWHERE),
        refuse("SWIFT_*", Kind::Text, ELSEWHERE).secret(),
        refuse("AZURE_ENABLED", Kind::Boolean, ELSEWHERE),
        refuse("AZURE_*", Kind::Text, ELSEWHERE).secret(),
    ],
};
