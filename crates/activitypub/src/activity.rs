//! What somebody says they did.

use serde_json::Value;
use time::OffsetDateTime;

use crate::audience::addresses;
use crate::{Document, ObjectRef, json};

/// Why an activity cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ActivityError {
    /// No `actor`. The signer is not assumed, since then an activity would mean different things to different servers.
    #[error("the activity has no actor")]
    MissingActor,
    /// More than one `actor`.
    #[error("the activity has several actors")]
    SeveralActors,
    /// No `type`.
    #[error("the activity has no type")]
    MissingType,
    /// A kind that needs an `object` (or `target`) came without one.
    #[error("the activity lacks its {0}")]
    Missing(&'static str),
}

impl ActivityError {
    /// The short word for answers and counters.
    pub fn code(self) -> &'static str {
        match self {
            Self::MissingActor => "missing_actor",
            Self::SeveralActors | Self::MissingType | Self::Missing(_) => "malformed",
        }
    }
}

/// An activity, decoded and not yet believed.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Its id; Misskey omits some.
    pub id: Option<String>,
    /// Who did it, by their own account.
    pub actor: String,
    /// Addressees.
    pub to: Vec<String>,
    /// Further addressees.
    pub cc: Vec<String>,
    /// Hidden addressees, `bto` and `bcc`: for deciding relevance, never to be stored or shown.
    pub hidden_to: Vec<String>,
    /// When, by their own account.
    pub published: Option<OffsetDateTime>,
    /// What they did.
    pub kind: Kind,
}

/// The kinds Moot acts upon, with what each is about.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Made something. A list, because `GoToSocial` sends several votes at once; otherwise one.
    Create(Vec<ObjectRef>),
    /// Boosted something; groups announce activities too.
    Announce(ObjectRef),
    /// Favourited, or reacted to something.
    Like {
        /// The post.
        object: ObjectRef,
        /// An emoji or `:shortcode:`, when it is a reaction.
        reaction: Option<String>,
    },
    /// Wants to follow.
    Follow(ObjectRef),
    /// Said yes to a request.
    Accept {
        /// The request.
        object: ObjectRef,
        /// Id of the approval, for quotes.
        result: Option<String>,
    },
    /// Said no to a request, or took a yes back.
    Reject(ObjectRef),
    /// Took an activity back.
    Undo(ObjectRef),
    /// Changed something.
    Update(ObjectRef),
    /// Removed something.
    Delete(ObjectRef),
    /// Blocked somebody.
    Block {
        /// Who is blocked.
        object: ObjectRef,
        /// A community or site they are blocked from; then it is no block between people.
        target: Option<String>,
    },
    /// Reported people and posts.
    Flag {
        /// Ids of accounts and posts, mixed.
        objects: Vec<String>,
        /// Why, shortened to 5,000 characters.
        comment: String,
    },
    /// Put something into a collection.
    Add {
        /// The thing.
        object: ObjectRef,
        /// The collection's id.
        target: String,
    },
    /// Took something out of a collection.
    Remove {
        /// The thing.
        object: ObjectRef,
        /// The collection's id.
        target: String,
    },
    /// Moved to another account.
    Move {
        /// The old account.
        object: String,
        /// The new one.
        target: String,
    },
    /// Asks to quote a post.
    QuoteRequest {
        /// The post to be quoted.
        object: ObjectRef,
        /// The quoting post.
        instrument: ObjectRef,
    },
    /// Anything else; answered with success and ignored.
    Unsupported(String),
}

/// Longest comment of a report, in characters.
const MAX_COMMENT_CHARS: usize = 5_000;

/// The types acted upon; a document may list several, of which the first known one counts.
const KNOWN: [&str; 16] = [
    "Create",
    "Announce",
    "Like",
    "Follow",
    "Accept",
    "Reject",
    "Undo",
    "Update",
    "Delete",
    "Block",
    "Flag",
    "Add",
    "Remove",
    "Move",
    "QuoteRequest",
    "EmojiReact",
];

impl Activity {
    /// Reads a document that came to an inbox or was fetched.
    pub fn from_document(document: &Document) -> Result<Self, ActivityError> {
        Self::from_value(document.value())
    }

    /// Reads an activity found inside another, such as the object of an `Undo`. Check who its actor claims to be.
    pub fn from_value(activity: &Value) -> Result<Self, ActivityError> {
        let actors = json::ids_at(activity, "actor");
        let actor = match actors.as_slice() {
            [] => return Err(ActivityError::MissingActor),
            [actor] => (*actor).to_owned(),
            _ => return Err(ActivityError::SeveralActors),
        };
        let mut hidden_to = addresses(activity, "bto");
        hidden_to.append(&mut addresses(activity, "bcc"));
        Ok(Self {
            id: json::id_of(activity).map(str::to_owned),
            actor,
            to: addresses(activity, "to"),
            cc: addresses(activity, "cc"),
            hidden_to,
            published: json::date_at(activity, "published"),
            kind: kind(activity)?,
        })
    }
}

fn kind(activity: &Value) -> Result<Kind, ActivityError> {
    let types = json::types_of(activity);
    let Some(first) = types.first() else {
        return Err(ActivityError::MissingType);
    };
    let Some(name) = json::known_type(activity, &KNOWN) else {
        return Ok(Kind::Unsupported((*first).to_owned()));
    };
    Ok(match name {
        "Create" => Kind::Create(objects(activity)?),
        "Announce" => Kind::Announce(object(activity)?),
        "Like" | "EmojiReact" => Kind::Like {
            object: object(activity)?,
            reaction: reaction(activity),
        },
        "Follow" => Kind::Follow(object(activity)?),
        "Accept" => Kind::Accept {
            object: object(activity)?,
            result: json::id_at(activity, "result").map(str::to_owned),
        },
        "Reject" => Kind::Reject(object(activity)?),
        "Undo" => Kind::Undo(object(activity)?),
        "Update" => Kind::Update(object(activity)?),
        "Delete" => Kind::Delete(object(activity)?),
        "Block" => Kind::Block {
            object: object(activity)?,
            target: json::id_at(activity, "target").map(str::to_owned),
        },
        "Flag" => Kind::Flag {
            objects: ids(activity, "object")?,
            comment: comment(activity),
        },
        "Add" => Kind::Add {
            object: object(activity)?,
            target: id(activity, "target")?,
        },
        "Remove" => Kind::Remove {
            object: object(activity)?,
            target: id(activity, "target")?,
        },
        "Move" => Kind::Move {
            object: id(activity, "object")?,
            target: id(activity, "target")?,
        },
        "QuoteRequest" => Kind::QuoteRequest {
            object: object(activity)?,
            instrument: objects_at(activity, "instrument")?.swap_remove(0),
        },
        other => Kind::Unsupported(other.to_owned()),
    })
}

fn object(activity: &Value) -> Result<ObjectRef, ActivityError> {
    objects(activity).map(|mut objects| objects.swap_remove(0))
}

fn objects(activity: &Value) -> Result<Vec<ObjectRef>, ActivityError> {
    objects_at(activity, "object")
}

/// At least one.
fn objects_at(activity: &Value, key: &'static str) -> Result<Vec<ObjectRef>, ActivityError> {
    let objects = json::get(activity, key)
        .map(ObjectRef::list)
        .unwrap_or_default();
    if objects.is_empty() {
        Err(ActivityError::Missing(key))
    } else {
        Ok(objects)
    }
}

fn id(activity: &Value, key: &'static str) -> Result<String, ActivityError> {
    json::id_at(activity, key)
        .map(str::to_owned)
        .ok_or(ActivityError::Missing(key))
}

fn ids(activity: &Value, key: &'static str) -> Result<Vec<String>, ActivityError> {
    let ids: Vec<String> = json::ids_at(activity, key)
        .into_iter()
        .map(str::to_owned)
        .collect();
    if ids.is_empty() {
        Err(ActivityError::Missing(key))
    } else {
        Ok(ids)
    }
}

/// Pleroma uses `content`, Misskey its own name beside it.
fn reaction(activity: &Value) -> Option<String> {
    json::text_of(activity, "content")
        .or_else(|| json::str_at(activity, "_misskey_reaction"))
        .map(|reaction| json::shorten(reaction.trim(), 256).to_owned())
}

/// Lemmy and Mbin explain in `summary`.
fn comment(activity: &Value) -> String {
    let comment = json::text_of(activity, "content")
        .or_else(|| json::text_of(activity, "summary"))
        .unwrap_or_default();
    json::shorten(comment, MAX_COMMENT_CHARS).to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn exactly_one_actor_is_needed() {
        let with = |actor: Value| {
            Activity::from_value(&json!({"type": "Like", "object": "x", "actor": actor}))
        };

        assert_eq!(
            with(json!({"type": "Person", "id": "a"})).unwrap().actor,
            "a"
        );
        assert_eq!(with(json!(null)), Err(ActivityError::MissingActor));
        assert_eq!(with(json!(["a", "b"])), Err(ActivityError::SeveralActors));
    }

    #[test]
    fn types_come_in_lists_and_unknown_ones_are_kept_by_name() {
        let of = |types: Value| {
            Activity::from_value(&json!({"type": types, "object": "x", "actor": "a"}))
                .unwrap()
                .kind
        };

        assert_eq!(
            of(json!(["Create"])),
            Kind::Create(vec![ObjectRef::Iri("x".into())])
        );
        assert_eq!(of(json!("View")), Kind::Unsupported("View".into()));
        assert_eq!(
            Activity::from_value(&json!({"actor": "a"})),
            Err(ActivityError::MissingType)
        );
    }

    #[test]
    fn a_kind_without_what_it_is_about_is_malformed() {
        for activity in [
            json!({"type": "Follow", "actor": "a"}),
            json!({"type": "Add", "actor": "a", "object": "x"}),
            json!({"type": "Create", "actor": "a", "object": []}),
        ] {
            assert_eq!(
                Activity::from_value(&activity).unwrap_err().code(),
                "malformed",
                "{activity}"
            );
        }
    }

    #[test]
    fn a_report_is_shortened() {
        let flag = json!({"type": "Flag", "actor": "a", "object": ["x", {"id": "y"}], "content": "é".repeat(9_000)});

        let Kind::Flag { objects, comment } = Activity::from_value(&flag).unwrap().kind else {
            panic!()
        };

        assert_eq!(objects, ["x", "y"]);
        assert_eq!(comment.chars().count(), 5_000);
    }
}
