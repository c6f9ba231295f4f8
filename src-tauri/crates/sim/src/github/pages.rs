//! What stands where GitHub's web pages would be.

use crate::{reply::Reply, request::Request, world::Repository};

pub(super) fn serves(request: &Request) -> bool {
    let segments = request.segments();
    request.method == hyper::Method::GET
        && segments
            .first()
            .is_some_and(|owner| owner.eq_ignore_ascii_case(Repository::OWNER))
        && segments
            .get(1)
            .is_some_and(|name| name.eq_ignore_ascii_case(Repository::NAME))
}

pub(super) fn answer(request: &Request) -> Option<Reply> {
    if !serves(request) {
        return None;
    }
    let what = escape(&request.segments().join(" / "));
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>Practice</title>\
         <h1>Practice world</h1><p>GitHub would show this here: <b>{what}</b></p>"
    );
    Some(Reply::typed(200, "text/html; charset=utf-8", page))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
