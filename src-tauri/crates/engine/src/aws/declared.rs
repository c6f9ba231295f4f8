//! How the pipeline is built (`GetPipeline`): the state tells neither what an action is for nor when it times out.

use std::collections::HashMap;

use slipway_core::facts::Category;
use slipway_core::problem::Problem;
use slipway_core::team::Team;

use super::Aws;
use super::convert::category;

/// One version of the pipeline.
#[derive(Debug, Clone)]
pub(super) struct Declared {
    pipeline: String,
    version: Option<i32>,
    /// Executions run side by side (`PARALLEL`), and the state shows no tokens.
    pub(super) parallel: bool,
    /// Its stages can be rolled back: type V2, and not `PARALLEL`.
    pub(super) rolls_back: bool,
    /// By stage and action.
    actions: HashMap<(String, String), DeclaredAction>,
}

/// One action of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct DeclaredAction {
    pub(super) category: Category,
    pub(super) run_order: u32,
    pub(super) timeout_minutes: Option<u32>,
}

impl Declared {
    pub(super) fn action(&self, stage: &str, action: &str) -> DeclaredAction {
        let unknown = DeclaredAction {
            category: Category::Deploy,
            run_order: 0,
            timeout_minutes: None,
        };
        self.actions
            .get(&(stage.to_owned(), action.to_owned()))
            .copied()
            .unwrap_or(unknown)
    }
}

/// The version that the state speaks of; read again when the pipeline was edited.
pub(super) async fn read(
    aws: &Aws,
    team: &Team,
    version: Option<i32>,
) -> Result<Declared, Problem> {
    let known = aws.kept().declared.clone();
    if let Some(known) =
        known.filter(|known| known.pipeline == team.pipeline && known.version == version)
    {
        return Ok(known);
    }
    let answer = aws
        .pipelines
        .get_pipeline()
        .name(&team.pipeline)
        .send()
        .await;
    let answer = answer.map_err(|error| {
        aws.error("codepipeline:GetPipeline", error)
            .problem("look at the pipeline", team)
    })?;
    let pipeline = answer.pipeline();
    let mut actions = HashMap::new();
    for stage in pipeline
        .map(|pipeline| pipeline.stages())
        .unwrap_or_default()
    {
        for action in stage.actions() {
            let declared = DeclaredAction {
                category: category(
                    action
                        .action_type_id()
                        .map_or("", |it| it.category().as_str()),
                ),
                run_order: action
                    .run_order()
                    .and_then(|order| u32::try_from(order).ok())
                    .unwrap_or(1),
                timeout_minutes: action
                    .timeout_in_minutes()
                    .and_then(|minutes| u32::try_from(minutes).ok()),
            };
            actions.insert(
                (stage.name().to_owned(), action.name().to_owned()),
                declared,
            );
        }
    }
    let parallel = pipeline
        .and_then(|it| it.execution_mode())
        .is_some_and(|mode| mode.as_str() == "PARALLEL");
    let is_v2 = pipeline
        .and_then(|it| it.pipeline_type())
        .is_some_and(|it| it.as_str() == "V2");
    let declared = Declared {
        pipeline: team.pipeline.clone(),
        version,
        parallel,
        rolls_back: is_v2 && !parallel,
        actions,
    };
    aws.kept().declared = Some(declared.clone());
    Ok(declared)
}
