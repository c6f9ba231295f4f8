//! Codes, for who says no more than that.

use super::{BUILD, BUILD_CONTEXT, BUILD_TROUBLE, PIPELINE_FAILURE, rule};
use crate::rules::failure::Place::{Build, ErrorCode, PhaseCode};
use crate::rules::failure::{Rule, says};

#[rustfmt::skip]
pub(super) static CODES: &[Rule] = &[
    rule(PhaseCode, &["ACCESS_DENIED"], &says::DENIED, "ACCESS_DENIED", BUILD_CONTEXT),
    rule(PhaseCode, &["INSUFFICIENT_SUBNET"], &says::NO_ADDRESS, "INSUFFICIENT_SUBNET", BUILD_TROUBLE),
    rule(PhaseCode, &["BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE"], &says::NO_PULL, "BUILD_CONTAINER_UNABLE_TO_PULL_IMAGE", BUILD_TROUBLE),
    rule(ErrorCode, &["PermissionError"], &says::DENIED, "PermissionError", PIPELINE_FAILURE),
    rule(ErrorCode, &["ConfigurationError"], &says::SET_UP_WRONGLY, "ConfigurationError", PIPELINE_FAILURE),
    rule(ErrorCode, &["SystemUnavailable"], &says::AWS_IN_TROUBLE, "SystemUnavailable", PIPELINE_FAILURE),
    rule(ErrorCode, &["RevisionOutOfSync"], &says::NO_REVISION, "RevisionOutOfSync", PIPELINE_FAILURE),
    rule(ErrorCode, &["RevisionUnavailable"], &says::NO_REVISION, "RevisionUnavailable", PIPELINE_FAILURE),
    rule(Build, &["TIMED_OUT"], &says::TOOK_TOO_LONG, "TIMED_OUT", BUILD),
    rule(Build, &["FAULT"], &says::AWS_IN_TROUBLE, "FAULT", BUILD),
];
