use serde_json::{Value, json};

use super::{Call, error, page::Page, render};
use crate::reply::Reply;
use crate::world::{Comment, DANA, World};

pub(super) fn list(world: &mut World, call: &Call<'_>) -> Reply {
    let Some(pull) = world.repository.pull(call.number()) else {
        return error::not_found();
    };
    let comments: Vec<Value> = pull
        .comments
        .iter()
        .map(|it| render::comment(world, pull.number, it))
        .collect();
    let page = Page::of(call);
    let total = comments.len();
    let reply = Reply::json(200, &Value::Array(page.cut(comments)));
    page.link(world.github_url(), call, total, reply)
}

pub(super) fn create(world: &mut World, call: &Call<'_>) -> Reply {
    let number = call.number();
    if world.repository.pull(number).is_none() {
        return error::not_found();
    }
    let Some(body) = call.text("body").filter(|body| !body.trim().is_empty()) else {
        return error::missing_field("IssueComment", "body");
    };
    if body.chars().count() > 65_536 {
        let message = "body is too long (maximum is 65536 characters)";
        return error::validation(
            json!([{"resource": "IssueComment", "code": "custom", "field": "body",
            "message": message}]),
        );
    }
    match world.comment(number, DANA.login, body) {
        Some(comment) => Reply::json(201, &render::comment(world, number, &comment)).effect(),
        None => error::not_found(),
    }
}

impl World {
    /// Somebody says something below a pull request.
    fn comment(&mut self, number: u64, author: &str, body: &str) -> Option<Comment> {
        let at = self.now;
        let pull = self.repository.pull_mut(number)?;
        let id = 4_000_000_000 + number * 10_000 + pull.comments.len() as u64;
        let comment = Comment {
            id,
            author: author.to_owned(),
            body: body.to_owned(),
            at,
        };
        pull.comments.push(comment.clone());
        pull.updated_at = at;
        Some(comment)
    }
}
