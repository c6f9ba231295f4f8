use super::Call;
use crate::reply::Reply;

/// Which part of a list is wanted.
pub(super) struct Page {
    pub(super) number: usize,
    pub(super) size: usize,
}

impl Page {
    /// As asked for; a list has 30 to a page by default and 100 at most.
    pub(super) fn of(call: &Call<'_>) -> Page {
        Page::with_default(call, 30)
    }

    pub(super) fn with_default(call: &Call<'_>, size: usize) -> Page {
        let read = |name| {
            call.query(name)
                .and_then(|it| it.parse::<usize>().ok())
                .filter(|it| *it > 0)
        };
        let size = read("per_page").map_or(size, |it| it.min(100));
        Page {
            number: read("page").unwrap_or(1),
            size,
        }
    }

    pub(super) fn cut<T>(&self, items: Vec<T>) -> Vec<T> {
        items
            .into_iter()
            .skip((self.number - 1).saturating_mul(self.size))
            .take(self.size)
            .collect()
    }

    /// Adds the Link header that a list of `total` items has.
    pub(super) fn link(&self, base: &str, call: &Call<'_>, total: usize, reply: Reply) -> Reply {
        let last = total.div_ceil(self.size).max(1);
        let mut links = Vec::new();
        let mut add = |number: usize, relation: &str| {
            links.push(format!(
                "<{}>; rel=\"{relation}\"",
                self.url(base, call, number)
            ));
        };
        if self.number > 1 {
            add((self.number - 1).min(last), "prev");
        }
        if self.number < last {
            add(self.number + 1, "next");
            add(last, "last");
        }
        if self.number > 1 {
            add(1, "first");
        }
        if links.is_empty() {
            reply
        } else {
            reply.header("link", links.join(", "))
        }
    }

    fn url(&self, base: &str, call: &Call<'_>, number: usize) -> String {
        let others = form_urlencoded::parse(call.request.raw_query.as_bytes())
            .filter(|(key, _)| key != "page");
        let query = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(others)
            .append_pair("page", &number.to_string())
            .finish();
        format!("{base}{}?{query}", call.request.path)
    }
}
