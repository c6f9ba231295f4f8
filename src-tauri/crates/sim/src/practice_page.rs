use crate::{reply::Reply, request::Request};

/// What a browser is shown where the service would have a page of its own.
pub(crate) fn instead_of(service: &str, request: &Request) -> Reply {
    let what = escape(&request.segments().join(" / "));
    let page = format!(
        "<!doctype html><meta charset=utf-8><title>Practice</title>\
         <h1>Practice world</h1><p>{service} would show this here: <b>{what}</b></p>"
    );
    Reply::typed(200, "text/html; charset=utf-8", page)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
