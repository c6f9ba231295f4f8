//! What Slack refuses to take as a message.

use serde_json::Value;

use super::Refusal;

const LONGEST_TEXT: usize = 40_000;
const MOST_BLOCKS: usize = 50;
const LARGEST_METADATA: usize = 16_000;

pub(super) fn check_text(text: &str) -> Result<(), Refusal> {
    if text.chars().count() > LONGEST_TEXT {
        Err("msg_too_long".into())
    } else {
        Ok(())
    }
}

/// Blocks must be a list of objects within Block Kit's limits.
pub(super) fn check_blocks(blocks: Option<Option<Value>>) -> Result<Option<Value>, Refusal> {
    let Some(blocks) = blocks else {
        return Ok(None);
    };
    let blocks = blocks.ok_or(Refusal::from("invalid_blocks_format"))?;
    let list = blocks
        .as_array()
        .ok_or(Refusal::from("invalid_blocks_format"))?;
    if list.len() > MOST_BLOCKS {
        return Err(invalid(format!(
            "no more than {MOST_BLOCKS} items allowed [json-pointer:/blocks]"
        )));
    }
    for (index, block) in list.iter().enumerate() {
        check_block(index, block)?;
    }
    Ok(Some(blocks))
}

pub(super) fn check_metadata(metadata: Option<Option<Value>>) -> Result<Option<Value>, Refusal> {
    let Some(metadata) = metadata else {
        return Ok(None);
    };
    let metadata = metadata.ok_or(Refusal::from("invalid_metadata_format"))?;
    let known = metadata.get("event_type").is_some_and(Value::is_string)
        && metadata.get("event_payload").is_some_and(Value::is_object);
    if !known {
        return Err("invalid_metadata_schema".into());
    }
    if metadata.to_string().len() > LARGEST_METADATA {
        return Err("metadata_too_large".into());
    }
    Ok(Some(metadata))
}

fn check_block(index: usize, block: &Value) -> Result<(), Refusal> {
    let at = format!("[json-pointer:/blocks/{index}");
    let longer =
        |text: &Value, most: usize| text.as_str().is_some_and(|it| it.chars().count() > most);
    let too_many = |list: &Value, most: usize| list.as_array().is_some_and(|it| it.len() > most);
    match block.get("type").and_then(Value::as_str) {
        Some("section") => {
            let (text, fields) = (&block["text"], &block["fields"]);
            if text.is_null() && fields.is_null() {
                return Err(invalid(format!(
                    "must define either `text` or `fields` {at}]"
                )));
            }
            if longer(&text["text"], 3_000) {
                return Err(invalid(format!(
                    "must be less than 3001 characters {at}/text/text]"
                )));
            }
            if too_many(fields, 10) {
                return Err(invalid(format!(
                    "no more than 10 items allowed {at}/fields]"
                )));
            }
            let mut fields = fields.as_array().into_iter().flatten();
            if fields.any(|field| longer(&field["text"], 2_000)) {
                return Err(invalid(format!(
                    "must be less than 2001 characters {at}/fields]"
                )));
            }
            Ok(())
        }
        Some("header") if longer(&block["text"]["text"], 150) => Err(invalid(format!(
            "must be less than 151 characters {at}/text/text]"
        ))),
        Some("context") if too_many(&block["elements"], 10) => Err(invalid(format!(
            "no more than 10 items allowed {at}/elements]"
        ))),
        Some("actions") if too_many(&block["elements"], 25) => Err(invalid(format!(
            "no more than 25 items allowed {at}/elements]"
        ))),
        Some(
            "header" | "context" | "actions" | "divider" | "rich_text" | "markdown" | "image"
            | "video" | "file" | "input",
        ) => Ok(()),
        Some(other) => Err(invalid(format!("unsupported type: {other} {at}/type]"))),
        None => Err(invalid(format!("missing required field: type {at}]"))),
    }
}

fn invalid(message: String) -> Refusal {
    Refusal {
        error: "invalid_blocks",
        messages: vec![format!("[ERROR] {message}")],
    }
}
