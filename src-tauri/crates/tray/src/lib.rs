//! The icon in the tray. What it shows is decided in `slipway-core`; here it is drawn, one file a system.
