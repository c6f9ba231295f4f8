use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::world::World;

/// The file that keeps the world.
#[derive(Debug)]
pub(crate) struct StateFile {
    path: PathBuf,
}

impl StateFile {
    pub(crate) fn at(path: PathBuf) -> StateFile {
        StateFile { path }
    }

    /// Reads the world back; `None` if there is none. One that cannot be understood is put aside.
    pub(crate) fn read(&self) -> io::Result<Option<World>> {
        let text = match fs::read(&self.path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        match serde_json::from_slice::<World>(&text) {
            Ok(world) if world.version == World::VERSION => Ok(Some(world)),
            Ok(_) | Err(_) => {
                fs::rename(&self.path, self.beside("old"))?;
                Ok(None)
            }
        }
    }

    /// Replaces the file in one step.
    pub(crate) fn write(&self, world: &World) -> io::Result<()> {
        if let Some(folder) = self.path.parent().filter(|it| *it != Path::new("")) {
            fs::create_dir_all(folder)?;
        }
        let new = self.beside("new");
        fs::write(&new, serde_json::to_vec(world)?)?;
        fs::rename(&new, &self.path)
    }

    fn beside(&self, suffix: &str) -> PathBuf {
        let mut name = OsString::from(&self.path);
        name.push(".");
        name.push(suffix);
        PathBuf::from(name)
    }
}
