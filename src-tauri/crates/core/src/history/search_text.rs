//! The text in which a release is found.

use crate::action::Action;
use crate::record::Milestone;
use crate::release::Release;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The most of one text that can be found. Characters.
const LONGEST: usize = 20_000;
/// The most that is kept of a release. Characters.
const LARGEST: usize = 200_000;

/// Everything that a release can be found by: its branch, the people, its pull requests and commits, its statements, what
/// people wrote. Lower case, without accents, one space between words.
#[must_use]
pub fn search_text(release: &Release) -> String {
    let mut texts = Texts::default();
    texts.add(release.id.as_str());
    texts.add(release.kind.word());
    let marks = [
        &release.opened,
        &release.announced,
        &release.no_more_pulls,
        &release.no_database,
        &release.result_shared,
        &release.put_aside,
    ];
    for mark in marks.into_iter().flatten() {
        texts.add(&mark.by);
    }
    for (mark, reason) in release.no_etl.iter().chain(&release.without_database) {
        texts.add(&mark.by);
        texts.add(reason);
    }
    for milestone in &release.milestones {
        texts.add_milestone(milestone);
    }
    for statement in &release.statements {
        texts.add(&statement.sql);
        if let Some(run) = &statement.run {
            texts.add(&run.by);
            texts.add(&run.result);
        }
    }
    for (mark, action) in &release.done {
        texts.add(&mark.by);
        if let Action::PostResult { note, .. } = action {
            texts.add(note);
        }
    }
    texts.found
}

#[derive(Default)]
struct Texts {
    found: String,
    characters: usize,
    /// Names come again and again.
    last: Vec<String>,
}

impl Texts {
    fn add(&mut self, text: &str) {
        let text = fold(&crate::text::cut(text, LONGEST));
        let length = text.chars().count() + 1;
        if text.is_empty() || self.last.contains(&text) || self.characters + length > LARGEST {
            return;
        }
        if !self.found.is_empty() {
            self.found.push(' ');
        }
        self.found.push_str(&text);
        self.characters += length;
        if text.len() < 100 {
            self.last.push(text);
        }
    }

    fn add_option(&mut self, text: &Option<String>) {
        if let Some(text) = text {
            self.add(text);
        }
    }

    fn add_milestone(&mut self, milestone: &Milestone) {
        match milestone {
            Milestone::Branch { by, .. } => self.add_option(by),
            Milestone::PullMerged {
                number,
                title,
                author,
                by,
                ..
            } => {
                self.add(&number.to_string());
                self.add(title);
                self.add(author);
                self.add_option(by);
            }
            Milestone::Pushed { commits, .. } => {
                for commit in commits {
                    self.add(commit.sha.as_str());
                    self.add(&commit.title);
                    self.add(&commit.author);
                }
            }
            Milestone::Landed { sha, by, .. } => {
                self.add(sha.as_str());
                self.add_option(by);
            }
            Milestone::Execution { id, .. } => self.add(id.as_str()),
            Milestone::ApprovalAnswered { by, comment, .. } => {
                self.add_option(by);
                self.add(comment);
            }
            Milestone::RolledBack { to, .. } => {
                if let Some(to) = to {
                    self.add(to.as_str());
                }
            }
            Milestone::Announcement { .. }
            | Milestone::ApprovalAsked { .. }
            | Milestone::BuildEnded { .. }
            | Milestone::Stopped { .. }
            | Milestone::Finished { .. } => {}
        }
    }
}

/// Lower case, without accents, one space wherever there is any.
pub(super) fn fold(text: &str) -> String {
    let plain = text.nfkd().filter(|c| !is_combining_mark(*c));
    let lower: String = plain.flat_map(char::to_lowercase).collect();
    // In capitals it is two letters.
    let lower = lower.replace('ß', "ss");
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.join(" ")
}
