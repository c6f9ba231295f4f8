fn main() { slipway_app::run(); }
