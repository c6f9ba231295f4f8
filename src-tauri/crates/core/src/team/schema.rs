//! What editors are told about the team file.

use super::file::TeamFile;

/// The JSON Schema of the team file, as `slipway.schema.json` keeps it.
#[must_use]
pub fn team_file_schema() -> String {
    let mut schema = schemars::schema_for!(TeamFile).to_value();
    schema.sort_all_objects();
    format!("{schema:#}\n")
}
