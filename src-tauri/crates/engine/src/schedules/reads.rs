//! What the engine was shown, and what for.

use std::collections::{BTreeMap, VecDeque};

use slipway_core::action::Action;
use slipway_core::ids::ReleaseId;
use slipway_core::time::At;
use slipway_sim::Service;

use super::basis::Basis;
use crate::engine::SentAgain;

/// More than there are between a press and what is sent for it.
const KEPT: usize = 100;

/// The last reads.
#[derive(Clone, Default)]
pub(super) struct Reads {
    kept: VecDeque<Read>,
    /// How many there were.
    number: u64,
    /// What a wish rests on was read from here on.
    since: u64,
    /// The last try of each release that something is sent again for.
    tries: BTreeMap<ReleaseId, (At, usize)>,
}

#[derive(Clone)]
struct Read {
    number: u64,
    service: Service,
    basis: Basis,
    /// This was being sent again when it began.
    again: Vec<Again>,
}

/// Something that is sent again by itself.
#[derive(Clone)]
pub(super) struct Again {
    release: ReleaseId,
    /// When a person asked for it, and which try it is.
    tried: (At, usize),
    /// What is written down to be sent.
    pub(super) pending: Option<Action>,
}

impl Again {
    fn is_the_same_try(&self, other: &Again) -> bool {
        (&self.release, self.tried) == (&other.release, other.tried)
    }
}

impl Reads {
    /// A person presses a button.
    pub(super) fn count_from_here(&mut self) {
        self.since = self.number;
    }

    /// The engine is gone.
    pub(super) fn forget(&mut self) {
        self.kept.clear();
        self.tries.clear();
    }

    /// The engine was shown a world.
    pub(super) fn saw(&mut self, service: Service, basis: Basis, again: &[Again]) {
        self.kept.push_back(Read {
            number: self.number,
            service,
            basis,
            again: again.to_vec(),
        });
        self.number += 1;
        if self.kept.len() > KEPT {
            self.kept.pop_front();
        }
    }

    /// Which tries the engine is at; of one that was forgotten meanwhile, the last.
    pub(super) fn tries(&mut self, told: Vec<SentAgain>) -> Vec<Again> {
        let known = told.into_iter().filter_map(|it| {
            if let Some(tried) = it.tried {
                self.tries.insert(it.release.clone(), tried);
            }
            Some(Again {
                tried: *self.tries.get(&it.release)?,
                release: it.release,
                pending: it.pending,
            })
        });
        known.collect()
    }

    /// What was seen of a service for this try, or since a person wished for it.
    pub(super) fn that_serve(
        &self,
        service: Service,
        wished: bool,
        again: Option<&Again>,
    ) -> impl Iterator<Item = &Basis> {
        let serves = move |read: &&Read| {
            let is_for_it = match again {
                Some(again) => read.again.iter().any(|it| it.is_the_same_try(again)),
                None => wished && read.number >= self.since,
            };
            is_for_it && read.service == service
        };
        self.kept.iter().filter(serves).map(|read| &read.basis)
    }

    /// The last of all.
    pub(super) fn last(&self) -> Option<&Basis> {
        self.kept.back().map(|read| &read.basis)
    }
}
