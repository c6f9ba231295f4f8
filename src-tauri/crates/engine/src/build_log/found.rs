//! Where a text was found: for each block how many of its lines hold it, and nothing more.

use std::io;

use slipway_core::log::Needle;

use super::{BLOCK, Spool};

/// Where a text was found so far. The lines are searched one after the other, from the first on.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    pub(crate) needle: Needle,
    /// Lines that were searched.
    pub(crate) searched: u32,
    /// Lines that hold it.
    pub(crate) lines: u32,
    /// The same, of each block.
    blocks: Vec<u16>,
}

impl Found {
    /// Nothing was searched yet.
    pub(crate) fn nothing(needle: Needle) -> Self {
        Self {
            needle,
            searched: 0,
            lines: 0,
            blocks: Vec::new(),
        }
    }

    /// Searches on to the end of the block that is next, as far as there are lines.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn search_on(&mut self, spool: &Spool) -> io::Result<()> {
        let block = self.searched / BLOCK;
        let (begins, searched) = (block * BLOCK, self.searched);
        let (mut end, mut count) = (searched, 0);
        spool.each_in(block, |offset, _, text| {
            let number = begins + offset;
            if number >= searched {
                count += u16::from(self.needle.is_in(text));
                end = number + 1;
            }
        })?;
        let at = usize::try_from(block).unwrap_or(usize::MAX);
        match self.blocks.get_mut(at) {
            Some(before) => *before += count,
            None => self.blocks.push(count),
        }
        self.lines += u32::from(count);
        self.searched = end;
        Ok(())
    }

    /// The next line that holds it after that one, or the last before it, and which of them it is, counted from 1. Past
    /// the end it goes on at the beginning.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn next(
        &self,
        spool: &Spool,
        from: Option<u32>,
        forward: bool,
    ) -> io::Result<Option<(u32, u32)>> {
        let numbers = 0..u32::try_from(self.blocks.len()).unwrap_or(u32::MAX);
        let home = from.map_or(0, |from| from / BLOCK);
        // The block it stands in comes first for what is beyond it there, and last for the rest.
        let mut order: Vec<u32> = if forward {
            (home..numbers.end).chain(0..=home).collect()
        } else {
            (0..=home).rev().chain((home..numbers.end).rev()).collect()
        };
        order.retain(|block| self.count(*block) > 0);
        let beyond = |line: u32| match (from, forward) {
            (None, _) => true,
            (Some(from), true) => line > from,
            (Some(from), false) => line < from,
        };
        for (turn, block) in order.iter().enumerate() {
            let places = self.places(spool, *block)?;
            let at_first = turn == 0 && *block == home;
            let fits = |(_, line): &(usize, &u32)| !at_first || beyond(**line);
            let mut places = places.iter().enumerate();
            let place = if forward {
                places.find(fits)
            } else {
                places.rfind(fits)
            };
            if let Some((index, line)) = place {
                let before: u32 = (0..*block).map(|it| self.count(it)).sum();
                let index = u32::try_from(index).unwrap_or_default();
                return Ok(Some((*line, before + index + 1)));
            }
        }
        Ok(None)
    }

    /// The first line from that one on that holds it, among those that were searched, and which of them it is.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn first_from(&self, spool: &Spool, line: u32) -> io::Result<Option<(u32, u32)>> {
        let found = self.next(spool, line.checked_sub(1), true)?;
        Ok(found.filter(|(found, _)| *found >= line))
    }

    fn count(&self, block: u32) -> u32 {
        let at = usize::try_from(block).unwrap_or(usize::MAX);
        self.blocks.get(at).map_or(0, |count| u32::from(*count))
    }

    /// The searched lines of a block that hold it.
    fn places(&self, spool: &Spool, block: u32) -> io::Result<Vec<u32>> {
        let mut places = Vec::new();
        spool.each_in(block, |offset, _, text| {
            let number = block * BLOCK + offset;
            if number < self.searched && self.needle.is_in(text) {
                places.push(number);
            }
        })?;
        Ok(places)
    }
}

#[cfg(test)]
mod tests {
    use slipway_core::facts::LogLine;
    use slipway_core::time::At;

    use super::*;

    /// A log whose lines of these numbers hold the text.
    fn log(lines: u32, with: &[u32]) -> (tempfile::TempDir, Spool) {
        let folder = tempfile::tempdir().expect("a folder");
        let spool = Spool::create(folder.path(), u64::MAX).expect("a file");
        add(&spool, 0..lines, with);
        (folder, spool)
    }

    fn add(spool: &Spool, lines: std::ops::Range<u32>, with: &[u32]) {
        let line = |number: u32| LogLine {
            at: At(0),
            text: if with.contains(&number) {
                "an ERROR"
            } else {
                "ok"
            }
            .to_owned(),
        };
        let lines: Vec<LogLine> = lines.map(line).collect();
        spool.append(&lines).expect("written");
    }

    fn search(spool: &Spool) -> Found {
        let mut found = Found::nothing(Needle::new("error").expect("a text"));
        while found.searched < spool.lines() {
            found.search_on(spool).expect("read");
        }
        found
    }

    #[test]
    fn every_line_is_reached_both_ways_and_around() {
        let with = [0, 1, 255, 256, 700, 999];
        let (_folder, spool) = log(1_000, &with);
        let found = search(&spool);
        assert_eq!((found.searched, found.lines), (1_000, 6));
        let mut at = None;
        for expected in with.iter().chain(&with) {
            let next = found.next(&spool, at, true).expect("read").expect("one");
            assert_eq!(next.0, *expected);
            let number = with
                .iter()
                .position(|it| it == expected)
                .expect("it is there")
                + 1;
            assert_eq!(usize::try_from(next.1).expect("small"), number);
            at = Some(next.0);
        }
        for expected in with.iter().rev().skip(1).chain(with.iter().rev()) {
            let next = found.next(&spool, at, false).expect("read").expect("one");
            assert_eq!(next.0, *expected);
            at = Some(next.0);
        }
        for (line, first) in [
            (0, Some((0, 1))),
            (2, Some((255, 3))),
            (701, Some((999, 6))),
        ] {
            assert_eq!(found.first_from(&spool, line).expect("read"), first);
        }
    }

    #[test]
    fn lines_that_come_later_are_searched_later() {
        let (_folder, spool) = log(300, &[10]);
        let mut found = search(&spool);
        add(&spool, 300..600, &[300, 599]);
        assert_eq!(found.first_from(&spool, 11).expect("read"), None);
        while found.searched < spool.lines() {
            found.search_on(&spool).expect("read");
        }
        assert_eq!(found.lines, 3);
        assert_eq!(found.first_from(&spool, 11).expect("read"), Some((300, 2)));
        assert_eq!(
            found.next(&spool, Some(599), true).expect("read"),
            Some((10, 1))
        );
    }

    #[test]
    fn the_only_line_is_come_back_to_and_none_is_none() {
        let (_folder, spool) = log(10, &[4]);
        let found = search(&spool);
        for forward in [true, false] {
            assert_eq!(
                found.next(&spool, Some(4), forward).expect("read"),
                Some((4, 1))
            );
        }
        let (_folder, spool) = log(10, &[]);
        assert_eq!(search(&spool).next(&spool, None, true).expect("read"), None);
    }
}
