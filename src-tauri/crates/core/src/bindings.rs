//! The types that cross to the page, as TypeScript.

use crate::intent::Intent;
use crate::problem::Problem;
use crate::view::View;
use std::collections::BTreeMap;
use ts_rs::{Config, TS, TypeVisitor};

/// The whole text of `ui/src/bindings.ts`: what goes in ([`Intent`]), what comes out ([`View`], [`Problem`]) and every
/// type that they are made of, by name.
#[must_use]
pub fn bindings() -> String {
    let mut declarations = Declarations {
        config: Config::new().with_large_int("number"),
        by_name: BTreeMap::new(),
    };
    declarations.visit::<Intent>();
    declarations.visit::<View>();
    declarations.visit::<Problem>();
    let mut text =
        String::from("// Generated from slipway-core by `cargo xtask gen`. Do not edit.\n");
    for declaration in declarations.by_name.values() {
        text.push('\n');
        for line in declaration.lines() {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

struct Declarations {
    config: Config,
    by_name: BTreeMap<String, String>,
}

impl TypeVisitor for Declarations {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_some() {
            let name = T::ident(&self.config);
            if self.by_name.contains_key(&name) {
                return;
            }
            let docs = T::docs().unwrap_or_default();
            self.by_name
                .insert(name, format!("{docs}export {}", T::decl(&self.config)));
        }
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}
