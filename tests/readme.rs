//! The README's policies and the calls that are made are the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// It tells who one is and needs no permission.
const FREE: &str = "sts:GetCallerIdentity";

#[test]
fn the_policies_allow_what_is_called_and_no_more() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README is read");
    let allowed: BTreeSet<String> = policies(&readme).iter().flat_map(actions).collect();
    let called: BTreeSet<String> = calls(&root.join("src-tauri/crates/engine/src/aws"))
        .into_iter()
        .filter(|call| call != FREE)
        .collect();
    assert!(called.len() > 5, "the calls are found: {called:?}");
    assert_eq!(allowed, called);
}

#[test]
fn every_policy_names_its_resource() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = fs::read_to_string(root.join("README.md")).expect("the README is read");
    let policies = policies(&readme);
    assert_eq!(policies.len(), 3, "watcher, approver, operator");
    for policy in policies {
        for statement in policy["Statement"].as_array().expect("statements") {
            for resource in texts(&statement["Resource"]) {
                assert!(resource.starts_with("arn:aws:"), "{resource}");
                assert!(resource.contains("docker-production"), "{resource}");
            }
        }
    }
}

fn policies(readme: &str) -> Vec<Value> {
    let blocks = readme.split("```json\n").skip(1);
    let ends = blocks.filter_map(|block| block.split("```").next());
    ends.map(|text| serde_json::from_str(text).expect("a policy is JSON"))
        .collect()
}

fn actions(policy: &Value) -> Vec<String> {
    let statements = policy["Statement"].as_array().expect("statements");
    statements
        .iter()
        .flat_map(|statement| texts(&statement["Action"]))
        .collect()
}

/// One text, or a list of them.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
            panic!("neither a text nor a list: {value}")
        }
    }
}

/// Each call carries its action's name, so that a refusal can say what is missing.
fn calls(folder: &Path) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder).expect("a folder of the adapter") {
        let text = fs::read_to_string(entry.expect("a file").path()).expect("source");
        found.extend(
            text.split('"')
                .filter(|it| is_action(it))
                .map(str::to_owned),
        );
    }
    found
}

fn is_action(text: &str) -> bool {
    let Some((service, action)) = text.split_once(':') else {
        return false;
    };
    ["codepipeline", "codebuild", "logs", "sts"].contains(&service)
        && !action.is_empty()
        && action.chars().all(char::is_alphanumeric)
}
