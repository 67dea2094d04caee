//! Collections and their pages, as others serve them.

use serde_json::Value;

use crate::host::parse_id;
use crate::{Document, ObjectRef, json};

/// A collection or one page of it; many servers do not type them apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    /// Its id.
    pub id: Option<String>,
    /// Whose it is: `attributedTo`.
    pub attributed_to: Option<String>,
    /// How many there are, by the origin's account.
    pub total: Option<u64>,
    /// What is listed here, in order.
    pub items: Vec<ObjectRef>,
    /// First page, when not the items themselves.
    pub first: Option<ObjectRef>,
    /// Next page.
    pub next: Option<String>,
    /// The collection a page belongs to.
    pub part_of: Option<String>,
}

impl Collection {
    /// Reads a collection that was fetched. `None` when it is something else.
    pub fn from_document(document: &Document) -> Option<Self> {
        Self::from_value(document.value())
    }

    /// Reads a collection, such as an embedded first page.
    pub fn from_value(value: &Value) -> Option<Self> {
        json::known_type(
            value,
            &[
                "OrderedCollection",
                "Collection",
                "OrderedCollectionPage",
                "CollectionPage",
            ],
        )?;
        let items = ["orderedItems", "items"]
            .into_iter()
            .find_map(|key| json::get(value, key));
        Some(Self {
            id: json::id_of(value).map(str::to_owned),
            attributed_to: json::id_at(value, "attributedTo").map(str::to_owned),
            total: json::count_at(value, "totalItems"),
            items: items.map(ObjectRef::list).unwrap_or_default(),
            first: json::get(value, "first").and_then(ObjectRef::from_value),
            next: json::id_at(value, "next")
                .filter(|id| parse_id(id).is_ok())
                .map(str::to_owned),
            part_of: json::id_at(value, "partOf").map(str::to_owned),
        })
    }

    /// Whether its owner shows no more than the number.
    pub fn is_hidden(&self) -> bool {
        self.first.is_none() && self.items.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn items_may_be_single_embedded_or_missing() {
        let single =
            Collection::from_value(&json!({"type": "Collection", "items": "https://a.example/1"}))
                .unwrap();
        let hidden =
            Collection::from_value(&json!({"type": "OrderedCollection", "totalItems": 214}))
                .unwrap();

        assert_eq!(single.items[0].id(), Some("https://a.example/1"));
        assert!(hidden.is_hidden() && hidden.total == Some(214));
        assert_eq!(Collection::from_value(&json!({"type": "Note"})), None);
    }
}
