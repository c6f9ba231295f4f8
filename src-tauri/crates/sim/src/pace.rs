use std::time::Duration;

use serde::{Deserialize, Serialize};

/// How long the things that people and machines do in the world take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// From an announcement to the colleague's pull request.
    #[serde(with = "seconds")]
    pub etl_pull_after: Duration,
    /// From a push to the end of its checks.
    #[serde(with = "seconds")]
    pub checks_take: Duration,
    /// From a push to master to the execution it starts.
    #[serde(with = "seconds")]
    pub pickup_after: Duration,
    /// The source action.
    #[serde(with = "seconds")]
    pub source_takes: Duration,
    /// CodeBuild phase QUEUED (and SUBMITTED, which is part of it here).
    #[serde(with = "seconds")]
    pub queued: Duration,
    /// CodeBuild phase PROVISIONING.
    #[serde(with = "seconds")]
    pub provisioning: Duration,
    /// CodeBuild phase DOWNLOAD_SOURCE.
    #[serde(with = "seconds")]
    pub download_source: Duration,
    /// CodeBuild phase INSTALL.
    #[serde(with = "seconds")]
    pub install: Duration,
    /// CodeBuild phase PRE_BUILD.
    #[serde(with = "seconds")]
    pub pre_build: Duration,
    /// CodeBuild phase BUILD: the docker build.
    #[serde(with = "seconds")]
    pub build: Duration,
    /// CodeBuild phase POST_BUILD: the push of the image and the deploy.
    #[serde(with = "seconds")]
    pub deploy: Duration,
    /// CodeBuild phases UPLOAD_ARTIFACTS and FINALIZING, each.
    #[serde(with = "seconds")]
    pub wrap_up: Duration,
}

impl Pace {
    /// A pace to practise at: a whole release waits for well under two minutes.
    pub fn practice() -> Pace {
        Pace {
            etl_pull_after: Duration::from_secs(6),
            checks_take: Duration::from_secs(5),
            pickup_after: Duration::from_secs(4),
            source_takes: Duration::from_secs(4),
            queued: Duration::from_secs(1),
            provisioning: Duration::from_secs(4),
            download_source: Duration::from_secs(2),
            install: Duration::from_secs(2),
            pre_build: Duration::from_secs(3),
            build: Duration::from_secs(14),
            deploy: Duration::from_secs(6),
            wrap_up: Duration::from_secs(1),
        }
    }
}

impl Default for Pace {
    fn default() -> Self {
        Pace::practice()
    }
}

/// Durations as a number of seconds, so that a script can write `6` or `0.5`.
mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(it: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(it.as_secs_f64())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        Duration::try_from_secs_f64(f64::deserialize(from)?).map_err(D::Error::custom)
    }
}
