//! The folder that Moot calls its own.

use std::path::PathBuf;

use super::reader::Reader;
use super::table::{Kind, Section, accept};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Data folder",
    introduction: "",
    variables: &[accept(
        "MOOT_DATA_DIR",
        Kind::Text,
        "",
        "Folder of the embedded database and its master key. Without it: `./data`; when Moot starts as root in a folder that its service user may not enter, `/var/lib/moot`.",
    )],
};

/// The folder that Moot calls its own.
#[derive(Debug, Clone)]
pub struct Storage {
    /// The folder asked for, as written.
    pub folder: Option<PathBuf>,
}

/// Reads the section.
pub(super) fn read(reader: &mut Reader<'_>) -> Storage {
    Storage {
        folder: reader.text("MOOT_DATA_DIR").map(PathBuf::from),
    }
}
