//! Collections we serve.

use serde::Serialize;

/// A whole collection, or the cover of its pages.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Collection<I = String> {
    /// Identity.
    pub id: String,
    /// `OrderedCollection` or `Collection`.
    #[serde(rename = "type")]
    pub collection_type: &'static str,
    /// How many; absent where that is nobody's business.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_items: Option<u64>,
    /// First page; absent for a hidden collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first: Option<String>,
    /// Last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// All of it, when it has no pages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordered_items: Option<Vec<I>>,
}

impl<I> Collection<I> {
    /// An ordered collection that shows only its number.
    pub fn counted(id: String, total_items: Option<u64>) -> Self {
        Self {
            id,
            collection_type: "OrderedCollection",
            total_items,
            first: None,
            last: None,
            ordered_items: None,
        }
    }

    /// An ordered collection in pages.
    pub fn paged(id: String, total_items: Option<u64>, first: String) -> Self {
        Self {
            first: Some(first),
            ..Self::counted(id, total_items)
        }
    }

    /// An ordered collection in one piece.
    pub fn whole(id: String, items: Vec<I>) -> Self {
        let total = u64::try_from(items.len()).unwrap_or(u64::MAX);
        Self {
            ordered_items: Some(items),
            ..Self::counted(id, Some(total))
        }
    }
}

/// A page of an ordered collection.
#[derive(Debug, Clone, Serialize)]
#[serde(
    tag = "type",
    rename_all = "camelCase",
    rename = "OrderedCollectionPage"
)]
pub struct CollectionPage<I = String> {
    /// Identity.
    pub id: String,
    /// How many in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_items: Option<u64>,
    /// Next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Previous page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev: Option<String>,
    /// The collection.
    pub part_of: String,
    /// What is on this page.
    pub ordered_items: Vec<I>,
}
