//! The description of the API.

use serde_json::Value;
use web::{client_api::routes, openapi};

#[test]
fn every_route_of_moderators_and_the_board_is_described() {
    let document = openapi::document();

    for route in routes()
        .into_iter()
        .filter(|route| openapi::covers(route.path))
    {
        let method = route.method.as_str().to_ascii_lowercase();
        let operation = &document["paths"][route.path][&method];
        assert!(
            operation["summary"].is_string(),
            "{} {} is missing: say what it does with `told` in the table",
            route.method,
            route.path
        );
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    match value {
                        Value::String(target) if name == "$ref" => found.push(target),
                        other => walk(other, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| walk(item, found)),
            _ => {}
        }
    }
    let document = openapi::document();

    let mut references = Vec::new();
    walk(&document, &mut references);

    assert!(references.len() > 100);
    for reference in references {
        let pointer = reference.strip_prefix('#').expect("all is in one document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn the_description_that_is_kept_is_the_one_that_is_served() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/openapi.json");

    let kept: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();

    assert_eq!(
        kept,
        openapi::document(),
        "write it anew: moot openapi > docs/openapi.json"
    );
}
