//! The worker's side: one request after the other, with the open data in memory.
