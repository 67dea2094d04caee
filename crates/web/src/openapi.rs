//! The description of the moderators' and the board's API, generated from the route table and the forms and entities
//! themselves, in `OpenAPI` 3.1.
//!
//! It is served at `/api/moot/v1/openapi.json`, and kept in `docs/openapi.json` so that a change shows in a review. It says
//! what Moot adds; the rest of Mastodon's client API is described by Mastodon.
//!
//! Source: <https://spec.openapis.org/oas/v3.1.1.html>.

use http::Method;
use schemars::{JsonSchema, Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::client_api::{Caller, describe::described};

type Shape = fn(&mut SchemaGenerator) -> Schema;

/// What the description says of one route besides what the table knows.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    summary: &'static str,
    takes: Option<Shape>,
    gives: Option<Shape>,
    proposes: bool,
}

impl Told {
    /// What it does, in a sentence.
    pub(crate) fn new(summary: &'static str) -> Self {
        Self {
            summary,
            takes: None,
            gives: None,
            proposes: false,
        }
    }

    /// It takes this form.
    pub(crate) fn taking<T: JsonSchema>(mut self) -> Self {
        self.takes = Some(SchemaGenerator::subschema_for::<T>);
        self
    }

    /// It answers with this entity.
    pub(crate) fn giving<T: JsonSchema>(mut self) -> Self {
        self.gives = Some(SchemaGenerator::subschema_for::<T>);
        self
    }

    /// It opens a proposal or approves one.
    pub(crate) fn proposing(mut self) -> Self {
        self.proposes = true;
        self
    }
}

/// Paths that the description covers.
pub fn covers(path: &str) -> bool {
    path.starts_with("/api/moot/") || path.contains("/admin/")
}

/// The whole description.
pub fn document() -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for (route, told) in described() {
        let Some(told) = told.filter(|_| covers(route.path)) else {
            continue;
        };
        let operation = operation(&route, &told, &mut schemas);
        let methods = paths
            .entry(route.path)
            .or_insert_with(|| json!({}))
            .as_object_mut()
            .expect("a path is an object of methods");
        methods.insert(route.method.as_str().to_ascii_lowercase(), operation);
    }
    let error = schemas.subschema_for::<Refusal>();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Moot: moderation decided together",
            "version": env!("CARGO_PKG_VERSION"),
            "description": INTRODUCTION,
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "responses": {
                "Refusal": {
                    "description": "Refused, in Mastodon's shape.",
                    "content": {"application/json": {"schema": error}},
                },
            },
            "headers": headers(),
            "securitySchemes": {"token": {
                "type": "oauth2",
                "flows": {"authorizationCode": {
                    "authorizationUrl": "/oauth/authorize",
                    "tokenUrl": "/oauth/token",
                    "scopes": scopes(),
                }},
            }},
        },
    })
}

const INTRODUCTION: &str = "Nothing here is done by one moderator: a call that would change something opens a proposal, or \
    approves the open one that says the same, and the answer shows the state as it is. Headers say which proposal, and how \
    far it has come. With `Prefer: respond-async` the answer is 202 and the proposal. What cannot be undone, and what \
    cannot wait, is only drafted by an app: its author confirms it in a browser.";

/// A refusal.
#[derive(JsonSchema)]
#[schemars(rename = "Error")]
#[expect(
    dead_code,
    reason = "only its shape is told; `mastodon::Error` borrows what it prints"
)]
struct Refusal {
    /// What is wrong, in a sentence.
    error: String,
}

fn operation(
    route: &crate::client_api::RouteDescription,
    told: &Told,
    schemas: &mut SchemaGenerator,
) -> Value {
    let mut operation = json!({
        "summary": told.summary,
        "operationId": operation_id(&route.method, route.path),
        "tags": [tag(route.path)],
    });
    let mut parameters: Vec<Value> = moving_parts(route.path)
        .map(|name| {
            json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
        })
        .collect();
    let has_body = !matches!(route.method, Method::GET | Method::DELETE);
    if let Some(takes) = told.takes {
        let schema = takes(schemas);
        if has_body {
            operation["requestBody"] = json!({"content": {
                "application/json": {"schema": schema},
                "application/x-www-form-urlencoded": {"schema": schema},
            }});
        } else {
            parameters.extend(query_parameters(&schema, schemas));
        }
    }
    if told.proposes {
        parameters.push(json!({
            "name": "Prefer",
            "in": "header",
            "description": "`respond-async` answers 202 with the proposal.",
            "schema": {"type": "string"},
        }));
    }
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    operation["responses"] = responses(route, told, schemas);
    operation["security"] = match route.caller {
        Caller::Anybody => json!([]),
        _ => route
            .scopes
            .iter()
            .map(|scope| json!({"token": [scope.as_str()]}))
            .collect(),
    };
    operation
}

fn responses(
    route: &crate::client_api::RouteDescription,
    told: &Told,
    schemas: &mut SchemaGenerator,
) -> Value {
    let mut done = json!({"description": "Done, or shown."});
    if let Some(gives) = told.gives {
        done["content"] = json!({"application/json": {"schema": gives(schemas)}});
    }
    let mut responses = Map::new();
    if told.proposes {
        let names = ["Moot-Proposal", "Moot-Proposal-State", "Moot-Approvals"];
        done["headers"] = names
            .iter()
            .map(|name| {
                let reference = json!({"$ref": format!("#/components/headers/{name}")});
                ((*name).to_owned(), reference)
            })
            .collect();
        let proposal = schemas.subschema_for::<mastodon::moot::Proposal>();
        responses.insert(
            "202".into(),
            json!({
                "description": "The proposal, where `Prefer: respond-async` asked for it.",
                "content": {"application/json": {"schema": proposal}},
            }),
        );
    }
    responses.insert("200".into(), done);
    let refusals: &[&str] = match route.caller {
        Caller::Anybody => &["404"],
        _ => &["401", "403", "404", "422"],
    };
    for status in refusals {
        let refusal = json!({"$ref": "#/components/responses/Refusal"});
        responses.insert((*status).into(), refusal);
    }
    Value::Object(responses)
}

/// The fields of a form as parameters of an address.
fn query_parameters(schema: &Schema, schemas: &SchemaGenerator) -> Vec<Value> {
    let name = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.rsplit('/').next());
    let form = name
        .and_then(|name| schemas.definitions().get(name))
        .unwrap_or_else(|| schema.as_value());
    let Some(fields) = form.get("properties").and_then(Value::as_object) else {
        return Vec::new();
    };
    fields
        .iter()
        .map(|(name, field)| {
            let is_list = field["type"] == "array"
                || field["type"]
                    .as_array()
                    .is_some_and(|types| types.contains(&json!("array")));
            let name = if is_list {
                format!("{name}[]")
            } else {
                name.clone()
            };
            json!({
                "name": name,
                "in": "query",
                "description": field["description"],
                "schema": without_description(field),
            })
        })
        .collect()
}

fn without_description(field: &Value) -> Value {
    let mut field = field.clone();
    if let Some(fields) = field.as_object_mut() {
        fields.remove("description");
        fields.remove("default");
    }
    field
}

fn headers() -> Value {
    json!({
        "Moot-Proposal": {
            "description": "Id of the proposal that the call opened or approved.",
            "schema": {"type": "string"},
        },
        "Moot-Proposal-State": {
            "description": "How far it has come: `open`, `executed`, `draft`, …",
            "schema": {"type": "string"},
        },
        "Moot-Approvals": {
            "description": "Approvals that count, and how many are needed: `1/2`.",
            "schema": {"type": "string"},
        },
    })
}

fn scopes() -> Value {
    model::Scope::all()
        .filter(|scope| scope.is_administrative())
        .map(|scope| {
            let words = crate::oauth::words_for(scope);
            (scope.as_str().to_owned(), Value::String(words))
        })
        .collect::<Map<_, _>>()
        .into()
}

/// `get_api_v1_admin_accounts_id`.
fn operation_id(method: &Method, path: &str) -> String {
    let mut id = method.as_str().to_ascii_lowercase();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        id.push('_');
        id.extend(
            part.chars()
                .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '_'),
        );
    }
    id
}

fn moving_parts(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

/// The word after `admin/` or `v1/`.
fn tag(path: &str) -> &str {
    let rest = path
        .split_once("/admin/")
        .or_else(|| path.split_once("/moot/v1/"))
        .map_or(path, |(_, rest)| rest);
    rest.split(['/', '.']).next().unwrap_or(rest)
}
