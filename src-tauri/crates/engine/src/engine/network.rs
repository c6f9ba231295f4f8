//! Coming to a network.

use std::sync::Arc;

use netwatcher::async_adapter::Tokio;

use crate::engine::{Engine, Stage};

impl Engine {
    /// Looks once this computer has another address: it came to a network, or a VPN is up.
    pub(super) async fn watch_network(self: Arc<Self>) {
        let mut network = match netwatcher::watch_interfaces_async::<Tokio>() {
            Ok(network) => network,
            Err(error) => {
                tracing::warn!(%error, "the network is not watched: looks come at their own pace");
                return;
            }
        };
        loop {
            let change = tokio::select! {
                () = self.reach(Stage::Stopping) => return,
                change = network.changed() => change,
            };
            if !change.is_initial && change.addrs_added().next().is_some() {
                tracing::info!("this computer has come to a network");
                self.glance();
            }
        }
    }
}
