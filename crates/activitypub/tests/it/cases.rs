//! The folder of recorded cases.

use std::path::Path;

use serde_json::Value;

/// One case of the index.
pub(crate) struct Case {
    pub(crate) file: String,
    pub(crate) mode: String,
    pub(crate) expect: Value,
    pub(crate) content_type: String,
}

/// The bytes of a file of the folder.
pub(crate) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(
        Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures")
            .join(name),
    )
    .unwrap()
}

/// All cases of the index; the expansion of `generate` is applied by [`Case::body`].
pub(crate) fn all() -> Vec<Case> {
    let index: Value = serde_json::from_slice(&fixture("index.json")).unwrap();
    let text = |case: &Value, key: &str| case[key].as_str().unwrap_or_default().to_owned();
    index["cases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|case| Case {
            file: text(case, "file"),
            mode: text(case, "mode"),
            expect: case["expect"].clone(),
            content_type: text(case, "content_type"),
        })
        .collect()
}

impl Case {
    /// The file with its `generate` steps applied.
    pub(crate) fn body(&self) -> Vec<u8> {
        let index: Value = serde_json::from_slice(&fixture("index.json")).unwrap();
        let bytes = fixture(&self.file);
        let case = index["cases"]
            .as_array()
            .unwrap()
            .iter()
            .find(|case| case["file"] == self.file.as_str())
            .unwrap();
        let Some(steps) = case["generate"].as_array() else {
            return bytes;
        };
        let mut document: Value = serde_json::from_slice(&bytes).unwrap();
        for step in steps {
            generate(&mut document, step);
        }
        serde_json::to_vec(&document).unwrap()
    }
}

fn generate(document: &mut Value, step: &Value) {
    let place = document
        .pointer_mut(step["path"].as_str().unwrap())
        .unwrap();
    let count = usize::try_from(step["count"].as_u64().unwrap()).unwrap();
    match step["op"].as_str().unwrap() {
        "repeat_string" => *place = step["text"].as_str().unwrap().repeat(count).into(),
        "repeat_item" => {
            let model =
                place[usize::try_from(step["index"].as_u64().unwrap()).unwrap()].to_string();
            let replace = step["replace"].as_str().unwrap();
            let with = step["with"].as_str().unwrap();
            *place = (0..count)
                .map(|i| {
                    let copy = model.replace(replace, &with.replace("{i}", &i.to_string()));
                    serde_json::from_str::<Value>(&copy).unwrap()
                })
                .collect();
        }
        other => panic!("unknown step {other}"),
    }
}
