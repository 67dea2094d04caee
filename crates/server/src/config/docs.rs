//! `docs/admin/configuration.md`, written from the table so that it cannot drift from the program.

use std::fmt::Write as _;

use super::table::{Effect, SECTIONS, Secrecy, Variable, Verdict};

const PREFACE: &str = "\
# Configuration

<!-- Written by `moot config docs > docs/admin/configuration.md`; a test holds this file equal to the program's own table. -->

Moot takes Mastodon's variables under Mastodon's names; its own start with `MOOT_`. A value is looked for in the environment of the process,
then in the file that `MOOT_ENV_FILE` names (otherwise `.env.production` in the working folder, in the production profile), then the default holds.
`moot config check` prints every value, where it comes from and what Moot does with it.

- **accept**: means what it means in Mastodon. **map**: understood, carried out in another way. **no-op**: has no counterpart; named in one log line
  at the start. **refuse**: Moot does not start, because ignoring it would be unsafe.
- Every variable marked *secret* may also be given as `NAME_FILE=/path`; Moot reads the file and leaves off the line end.
- Booleans are `true`, `1`, `yes`, `on` or `false`, `0`, `no`, `off`; anything else counts as false, with a warning. An empty value counts as unset.
- An unknown name that starts with `MOOT_` refuses the start; one that starts like Mastodon's is a warning. Both name the closest known one.
- *Takes effect with …* means: this version checks and keeps the value, says so at the start, and does not act on it yet.
";

/// The whole page.
pub fn markdown() -> String {
    let mut page = PREFACE.to_owned();
    for section in SECTIONS {
        let _ = write!(page, "\n## {}\n\n", section.title);
        if !section.introduction.is_empty() {
            let _ = write!(page, "{}\n\n", section.introduction);
        }
        page.push_str(
            "| Variable | Default | Kind | Verdict | Meaning |\n| --- | --- | --- | --- | --- |\n",
        );
        for variable in section.variables {
            page.push_str(&row(variable));
        }
    }
    page
}

fn row(variable: &Variable) -> String {
    let mut name = format!("`{}`", variable.name);
    if !variable.old_names.is_empty() {
        let old: Vec<String> = variable
            .old_names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        let _ = write!(name, " (old {})", old.join(", "));
    }
    let default = if variable.default.is_empty() {
        "–".to_owned()
    } else {
        format!("`{}`", variable.default.replace('|', "\\|"))
    };
    let mut meaning = variable.meaning.to_owned();
    if variable.secrecy == Secrecy::Secret {
        meaning.push_str(" *Secret.*");
    }
    if let (Effect::With(feature), Verdict::Accept | Verdict::Map(_)) =
        (variable.effect, variable.verdict)
    {
        let _ = write!(
            meaning,
            " *Takes effect with {feature}, not yet in this version.*"
        );
    }
    format!(
        "| {name} | {default} | {} | {} | {meaning} |\n",
        variable.kind.describe(),
        variable.verdict.word()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_in_the_repository_is_the_one_the_table_writes() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../docs/admin/configuration.md"
        );
        let written = std::fs::read_to_string(path).unwrap_or_default();

        assert!(
            written == markdown(),
            "run: moot config docs > docs/admin/configuration.md"
        );
    }
}
