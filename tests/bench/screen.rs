//! What is on the screen, read from the file that Xvfb keeps it in
//! (XWD, <https://www.x.org/releases/current/doc/man/man1/xwd.1.xhtml>).

use std::fs::File;
use std::os::unix::fs::FileExt;

use crate::desktop::Desktop;

/// Every so many rows one is looked at.
const STEP: u32 = 4;

/// The screen.
pub(crate) struct Screen {
    file: File,
    /// Where the rows begin.
    offset: u32,
    width: u32,
    height: u32,
    row: u32,
}

impl Screen {
    pub(crate) fn of(desktop: &Desktop) -> Self {
        let path = desktop.folder().join("Xvfb_screen0");
        let file = File::open(path).expect("the screen is kept in a file");
        let mut header = [0; 100];
        file.read_exact_at(&mut header, 0).expect("it has a header");
        let number = |nth: usize| {
            let bytes: [u8; 4] = header[nth * 4..nth * 4 + 4].try_into().expect("four");
            u32::from_be_bytes(bytes)
        };
        assert_eq!(number(11), 32, "bits of a pixel");
        Self {
            file,
            // The header, and twelve bytes for each entry of the colour map.
            offset: number(0) + number(19) * 12,
            width: number(4),
            height: number(5),
            row: number(12),
        }
    }

    /// How many pixels differ from the one to their left: nearly none of an empty area, many of written words.
    pub(crate) fn edges(&self) -> usize {
        let mut row = vec![0; self.width as usize * 4];
        let mut edges = 0;
        for nth in (0..self.height).step_by(STEP as usize) {
            let at = u64::from(self.offset) + u64::from(nth) * u64::from(self.row);
            self.file.read_exact_at(&mut row, at).expect("a row");
            let pixels = row.chunks_exact(4);
            let differs = |(left, right): &(&[u8], &[u8])| left[..3] != right[..3];
            edges += pixels.clone().zip(pixels.skip(1)).filter(differs).count();
        }
        edges
    }
}
