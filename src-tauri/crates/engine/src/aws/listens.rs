//! The SDK's answers, for the time that they tell.

use std::sync::Arc;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeDeserializationInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use crate::outcome::Heard;

/// Listens to every answer of a client.
#[derive(Debug, Clone)]
pub(super) struct Listens(pub(super) Arc<Heard>);

impl Intercept for Listens {
    fn name(&self) -> &'static str {
        "Listens"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.0.note(context.response().headers().get("date"));
        Ok(())
    }
}
