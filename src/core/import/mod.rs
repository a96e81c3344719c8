//! placeholder
use serde::{Deserialize, Serialize};
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan;
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Preview;
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FileProblem;
