//! How the server is shown to people: its name and the organisation's documents.

use std::path::{Path, PathBuf};

use super::reader::Reader;
use super::table::{Kind, Section, accept, map};

/// The chapter of the table.
pub const SECTION: Section = Section {
    title: "Name and documents",
    introduction: "",
    variables: &[
        accept("MOOT_TITLE", Kind::Text, "Moot", "Name of the server."),
        accept(
            "MOOT_DESCRIPTION",
            Kind::Text,
            "A server of its members, moderated by several people together.",
            "What it is, in a sentence or two.",
        ),
        accept("MOOT_CONTACT_EMAIL", Kind::Text, "", "Where questions go."),
        accept(
            "MOOT_LANGUAGES",
            Kind::List(','),
            "en",
            "Languages its people speak, such as `en,de`.",
        ),
        accept(
            "MOOT_DOCUMENTS_DIR",
            Kind::Text,
            "",
            "Folder with the organisation's documents in Markdown: `about.md`, `privacy.md`, `terms.md`, and `rules.md`, where each line that starts with `- ` or a number is a rule. Read at the start; a missing file leaves its page empty.",
        ),
        map(
            "SOURCE_BASE_URL",
            Kind::Text,
            "",
            "Sets the link to the source of what runs here (AGPL). Without it the link leads to the page about the server.",
        ),
        map(
            "GITHUB_REPOSITORY",
            Kind::Text,
            "",
            "Sets that link to a repository at GitHub, `owner/name`, when `SOURCE_BASE_URL` is unset.",
        ),
    ],
};

/// How the server is shown to people.
#[derive(Debug, Clone)]
pub struct Presentation {
    /// Its name.
    pub title: String,
    /// What it is, in plain text.
    pub description: String,
    /// Where questions go; empty for nowhere.
    pub contact_email: String,
    /// Languages, ISO 639.
    pub languages: Vec<String>,
    /// Where the source of what runs here can be had.
    pub source_url: Option<String>,
    /// The organisation's documents.
    pub documents: Documents,
}

/// The organisation's documents, in Markdown.
#[derive(Debug, Clone, Default)]
pub struct Documents {
    /// The longer description.
    pub about: String,
    /// The privacy policy.
    pub privacy: String,
    /// The terms of service.
    pub terms: String,
    /// The rules, one per entry.
    pub rules: Vec<String>,
}

/// Reads the section and the documents.
pub(super) fn read(reader: &mut Reader<'_>) -> Presentation {
    let repository = reader
        .text("GITHUB_REPOSITORY")
        .map(|name| format!("https://github.com/{name}"));
    let source_url = reader.text("SOURCE_BASE_URL").or(repository);
    let folder = reader.text("MOOT_DOCUMENTS_DIR").map(PathBuf::from);
    Presentation {
        title: reader.text("MOOT_TITLE").unwrap_or_default(),
        description: reader.text("MOOT_DESCRIPTION").unwrap_or_default(),
        contact_email: reader.text("MOOT_CONTACT_EMAIL").unwrap_or_default(),
        languages: reader.list("MOOT_LANGUAGES"),
        source_url,
        documents: folder
            .map(|folder| documents(reader, &folder))
            .unwrap_or_default(),
    }
}

fn documents(reader: &mut Reader<'_>, folder: &Path) -> Documents {
    if !folder.is_dir() {
        reader.error(format!(
            "MOOT_DOCUMENTS_DIR names {}, which is not a folder that Moot can read",
            folder.display()
        ));
        return Documents::default();
    }
    let mut document = |name: &str| match std::fs::read_to_string(folder.join(name)) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => {
            reader.error(format!(
                "{} cannot be read: {error}",
                folder.join(name).display()
            ));
            String::new()
        }
    };
    Documents {
        about: document("about.md"),
        privacy: document("privacy.md"),
        terms: document("terms.md"),
        rules: rules(&document("rules.md")),
    }
}

/// The items of a list: lines that start with a dash, a star or a number. Other lines are for people who read the file.
fn rules(text: &str) -> Vec<String> {
    let item = |line: &str| {
        let line = line.trim();
        let rest = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
        let numbered = line
            .split_once(". ")
            .filter(|(number, _)| number.bytes().all(|byte| byte.is_ascii_digit()))
            .map(|(_, rest)| rest);
        rest.or(numbered).map(|rule| rule.trim().to_owned())
    };
    text.lines().filter_map(item).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_the_items_of_a_list() {
        let text = "# Rules\n\nPlease:\n\n- Be kind.\n2. Stay on topic. Mostly.\n* No spam.\n";

        assert_eq!(
            rules(text),
            ["Be kind.", "Stay on topic. Mostly.", "No spam."]
        );
    }
}
