//! What is served over HTTP, whoever serves it: [`listen`] lets people in until it is time to [`stop`], [`link`] says who may open
//! what until when.

pub mod link;
pub mod listen;
pub mod stop;
