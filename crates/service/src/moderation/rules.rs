//! The rules in force, by number, as reports and measures name them.

use model::moderation::document::DocumentKind;
use sqlx::PgConnection;

use crate::{App, Result};

/// The rules in force: those that the board has adopted, else those that the operator has configured.
pub(crate) async fn rules(connection: &mut PgConnection, app: &App) -> Result<Vec<(i32, String)>> {
    let adopted =
        db::moderation::document_in_force(connection, DocumentKind::Rules, app.clock.now()).await?;
    let texts = match adopted {
        Some(document) => items(&document.text),
        None => app.settings.presentation.rules.clone(),
    };
    Ok((1..).zip(texts).collect())
}

/// One rule per item of the list.
fn items(markdown: &str) -> Vec<String> {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    markdown
        .lines()
        .filter_map(|line| {
            let bullet = line.strip_prefix("- ").or_else(|| line.strip_prefix("* "));
            let numbered = || {
                let (number, rest) = line.split_once(". ")?;
                is_number(number).then_some(rest)
            };
            bullet.or_else(numbered)
        })
        .map(|item| item.trim().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_item_of_a_list_is_a_rule() {
        let text =
            "# Rules\n\n1. Be kind.\n2. No advertising.\n   Not even a little.\n\n- Ask first.\n";

        assert_eq!(items(text), ["Be kind.", "No advertising.", "Ask first."]);
    }
}
