//! Charts: what to draw is data (pure), how to draw it is the page's affair.
