//! Writing, editing and deleting posts.

use serde::Deserialize;

use super::lenient;

/// A new post. <https://docs.joinmastodon.org/methods/statuses/#create>
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct CreateStatus {
    /// The text.
    #[serde(deserialize_with = "lenient::text")]
    pub status: Option<String>,
    /// The post it answers.
    #[serde(deserialize_with = "lenient::text")]
    pub in_reply_to_id: Option<String>,
    /// The post it quotes.
    #[serde(deserialize_with = "lenient::text")]
    pub quoted_status_id: Option<String>,
    /// Who may quote it.
    #[serde(deserialize_with = "lenient::text")]
    pub quote_approval_policy: Option<String>,
    /// Its files.
    #[serde(deserialize_with = "lenient::texts")]
    pub media_ids: Option<Vec<String>>,
    /// Its poll.
    #[serde(deserialize_with = "lenient::structure")]
    pub poll: Option<Poll>,
    /// Whether its media are hidden.
    #[serde(deserialize_with = "lenient::flag")]
    pub sensitive: Option<bool>,
    /// The content warning.
    #[serde(deserialize_with = "lenient::text")]
    pub spoiler_text: Option<String>,
    /// `public`, `unlisted`, `private` or `direct`.
    #[serde(deserialize_with = "lenient::text")]
    pub visibility: Option<String>,
    /// An ISO 639 code.
    #[serde(deserialize_with = "lenient::text")]
    pub language: Option<String>,
    /// When to publish it.
    #[serde(deserialize_with = "lenient::text")]
    pub scheduled_at: Option<String>,
    /// The accounts it may mention; a mention of another is refused.
    #[serde(deserialize_with = "lenient::texts")]
    pub allowed_mentions: Option<Vec<String>>,
}

/// A new version of a post. <https://docs.joinmastodon.org/methods/statuses/#edit>
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct EditStatus {
    /// The text.
    #[serde(deserialize_with = "lenient::text")]
    pub status: Option<String>,
    /// Its files.
    #[serde(deserialize_with = "lenient::texts")]
    pub media_ids: Option<Vec<String>>,
    /// Changes to its files.
    #[serde(deserialize_with = "lenient::structs")]
    pub media_attributes: Option<Vec<MediaChange>>,
    /// Its poll.
    #[serde(deserialize_with = "lenient::structure")]
    pub poll: Option<Poll>,
    /// Whether its media are hidden.
    #[serde(deserialize_with = "lenient::flag")]
    pub sensitive: Option<bool>,
    /// The content warning.
    #[serde(deserialize_with = "lenient::text")]
    pub spoiler_text: Option<String>,
    /// An ISO 639 code.
    #[serde(deserialize_with = "lenient::text")]
    pub language: Option<String>,
    /// Who may quote it.
    #[serde(deserialize_with = "lenient::text")]
    pub quote_approval_policy: Option<String>,
}

/// A change to a file of a post.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct MediaChange {
    /// Which file.
    #[serde(deserialize_with = "lenient::text")]
    pub id: Option<String>,
    /// The file in words.
    #[serde(deserialize_with = "lenient::text")]
    pub description: Option<String>,
    /// `X,Y`, each from -1 to 1.
    #[serde(deserialize_with = "lenient::text")]
    pub focus: Option<String>,
}

/// A new poll.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct Poll {
    /// Its choices.
    #[serde(deserialize_with = "lenient::texts")]
    pub options: Option<Vec<String>>,
    /// In how many seconds it ends.
    #[serde(deserialize_with = "lenient::number")]
    pub expires_in: Option<i64>,
    /// Whether one may choose several.
    #[serde(deserialize_with = "lenient::flag")]
    pub multiple: Option<bool>,
    /// Whether results are hidden until it ends.
    #[serde(deserialize_with = "lenient::flag")]
    pub hide_totals: Option<bool>,
}

/// How a post is deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct DeleteStatus {
    /// Whether its files go at once; else they can be used in a new post.
    #[serde(deserialize_with = "lenient::flag")]
    pub delete_media: Option<bool>,
}

/// How a post is boosted. <https://docs.joinmastodon.org/methods/statuses/#boost>
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Boost {
    /// To whom the boost is shown.
    #[serde(deserialize_with = "lenient::text")]
    pub visibility: Option<String>,
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn a_post_from_a_form_and_from_json_read_the_same() {
        let from_form = json!({
            "status": "hi", "in_reply_to_id": "5", "sensitive": "true", "media_ids": ["7"],
            "poll": {"options": ["a", "b"], "expires_in": "300", "multiple": "0"},
        });
        let from_json = json!({
            "status": "hi", "in_reply_to_id": 5, "sensitive": true, "media_ids": [7],
            "poll": {"options": ["a", "b"], "expires_in": 300, "multiple": false},
        });

        let from_form: CreateStatus = from_value(from_form).unwrap();
        let from_json: CreateStatus = from_value(from_json).unwrap();

        assert_eq!(from_form, from_json);
        assert_eq!(from_json.poll.unwrap().expires_in, Some(300));
    }

    #[test]
    fn unknown_and_null_keys_are_passed_over() {
        let form: CreateStatus =
            from_value(json!({"status": "hi", "poll": null, "content_type": "text/plain"}))
                .unwrap();

        assert_eq!(form.status.as_deref(), Some("hi"));
        assert_eq!(form.poll, None);
    }
}
