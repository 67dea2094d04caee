//! Pictures that belong to something: avatars, headers, thumbnails.

use serde_json::Value;

use crate::json;

/// Longest description kept, in characters.
pub(crate) const MAX_ALT_CHARS: usize = 10_000;

/// A picture elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// An `http` or `https` address.
    pub url: String,
    /// Media type, if named. A claim, not a fact.
    pub media_type: Option<String>,
    /// Description for those who cannot see it.
    pub alt: Option<String>,
}

/// Of several sizes (`PeerTube`) the largest up to so many pixels wide, else the smallest; of sizes unknown the first.
pub(crate) fn picture(value: &Value, suitable_width: u64) -> Option<Picture> {
    let candidates: Vec<(Option<u64>, Picture)> =
        json::list_of(value).filter_map(candidate).collect();
    let sized = |fits: bool| {
        candidates
            .iter()
            .filter_map(move |(width, picture)| width.map(|width| (width, picture)))
            .filter(move |(width, _)| (*width <= suitable_width) == fits)
    };
    let best = if candidates.first()?.0.is_none() {
        None
    } else {
        sized(true)
            .max_by_key(|(width, _)| *width)
            .or_else(|| sized(false).min_by_key(|(width, _)| *width))
    };
    Some(
        best.map_or(&candidates[0].1, |(_, picture)| picture)
            .clone(),
    )
}

fn candidate(value: &Value) -> Option<(Option<u64>, Picture)> {
    let source = if value.is_object() {
        json::get(value, "url").or_else(|| json::get(value, "href"))?
    } else {
        value
    };
    let chosen = json::hrefs_of(source).into_iter().next()?;
    let picture = Picture {
        url: chosen.href,
        media_type: json::str_at(value, "mediaType")
            .map(str::to_owned)
            .or(chosen.media_type),
        alt: alt(value),
    };
    Some((json::count_at(value, "width").or(chosen.width), picture))
}

/// `GoToSocial` describes in `summary`, everybody else in `name`.
pub(crate) fn alt(value: &Value) -> Option<String> {
    ["summary", "name"]
        .into_iter()
        .filter_map(|key| json::text_of(value, key))
        .map(|text| json::shorten(text.trim(), MAX_ALT_CHARS))
        .find(|text| !text.is_empty())
        .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_largest_suitable_size_is_taken() {
        let sizes = json!([
            {"type": "Image", "url": "https://a.example/48", "width": 48},
            {"type": "Image", "url": "https://a.example/120", "width": 120},
            {"type": "Image", "url": "https://a.example/1920", "width": 1920},
        ]);

        assert_eq!(picture(&sizes, 400).unwrap().url, "https://a.example/120");
        assert_eq!(picture(&sizes, 20).unwrap().url, "https://a.example/48");
    }

    #[test]
    fn a_picture_comes_in_many_shapes() {
        for shape in [
            json!("https://a.example/x"),
            json!({"type": "Image", "url": "https://a.example/x"}),
            json!({"type": "Image", "url": {"type": "Link", "href": "https://a.example/x"}}),
            json!([{"type": "Image", "url": [{"href": "https://a.example/x"}]}]),
        ] {
            assert_eq!(picture(&shape, 400).unwrap().url, "https://a.example/x");
        }
        for shape in [
            json!(null),
            json!(5),
            json!({"url": "javascript:1"}),
            json!([]),
        ] {
            assert_eq!(picture(&shape, 400), None);
        }
    }
}
