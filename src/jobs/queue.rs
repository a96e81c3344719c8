//! The order in which a worker takes what waits for it.

use super::protocol::Request;
use crate::tools;
use std::borrow::Borrow;
use std::collections::VecDeque;

/// Requests that wait for the worker, each perhaps with what came beside it.
#[derive(Debug)]
pub struct Queue<T> {
    waiting: VecDeque<T>,
    /// A question has gone before what is to be kept: no other may.
    has_passed: bool,
}

impl<T> Default for Queue<T> {
    fn default() -> Queue<T> {
        Queue { waiting: VecDeque::new(), has_passed: false }
    }
}

impl<T: Borrow<Request>> Queue<T> {
    pub fn push(&mut self, asked: T) {
        self.waiting.push_back(asked);
    }

    /// Takes the next request out.
    ///
    /// Of questions that wait together the newest is answered first: the person has gone on to that. What is to be kept
    /// goes before questions, but for one that is answered soon: large data take longer to store than that, and the
    /// person waits for the answer. Whatever opens or changes data has its turn where it stands.
    pub fn take(&mut self) -> Option<T> {
        let questions =
            self.waiting.iter().take_while(|&asked| matches!(asked.borrow(), Request::Tool(_))).count();
        let newest = questions.saturating_sub(1);
        let next = self.waiting.get(questions).map(Borrow::borrow);
        if !matches!(next, Some(Request::Keep { .. })) {
            return self.waiting.remove(newest);
        }
        self.has_passed = !self.has_passed && is_answered_soon(self.waiting[newest].borrow());
        self.waiting.remove(if self.has_passed { newest } else { questions })
    }
}

fn is_answered_soon(request: &Request) -> bool {
    match request {
        Request::Tool(asked) => tools::find(&asked.tool).is_some_and(|tool| tool.answers_soon),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jobs::ToolRequest;
    use crate::jobs::protocol::Settings;
    use serde_json::Value;

    fn question(tool: &str) -> Request {
        Request::Tool(ToolRequest { tool: tool.into(), input: Value::Null })
    }

    fn keep() -> Request {
        Request::Keep { id: "d".into() }
    }

    /// The order in which requests that wait together are taken; those after them come in while the first is worked at.
    fn order(together: Vec<Request>, later: Vec<Request>) -> Vec<String> {
        let mut queue = Queue::default();
        together.into_iter().for_each(|asked| queue.push(asked));
        let first = queue.take();
        later.into_iter().for_each(|asked| queue.push(asked));
        let name = |asked: Request| match asked {
            Request::Tool(asked) => asked.tool,
            Request::Keep { .. } => "keep".into(),
            _ => "other".into(),
        };
        first.into_iter().chain(std::iter::from_fn(|| queue.take())).map(name).collect()
    }

    #[test]
    fn the_newest_question_is_answered_first_and_others_have_their_turn() {
        assert_eq!(order(vec![question("data"), question("rfm")], vec![]), ["rfm", "data"]);
        let settle = Request::Settle { settings: Settings::default() };
        let together = vec![question("data"), settle, question("rfm")];
        assert_eq!(order(together, vec![]), ["data", "other", "rfm"]);
        assert!(order(vec![], vec![]).is_empty());
    }

    #[test]
    fn what_is_kept_goes_before_questions_that_take_long() {
        let together = vec![question("rfm"), question("clv_forecast"), keep()];
        assert_eq!(order(together, vec![]), ["keep", "clv_forecast", "rfm"]);
        assert_eq!(order(vec![keep(), question("rfm")], vec![]), ["keep", "rfm"]);
    }

    #[test]
    fn one_short_question_goes_before_what_is_kept_and_never_two() {
        let together = vec![question("data"), question("rfm"), keep()];
        assert_eq!(order(together.clone(), vec![]), ["rfm", "keep", "data"]);
        // What is asked meanwhile waits behind it.
        assert_eq!(order(together, vec![question("overview")]), ["rfm", "keep", "overview", "data"]);
        let again = vec![question("data"), keep(), question("rfm"), keep()];
        assert_eq!(order(again, vec![]), ["data", "keep", "rfm", "keep"]);
    }
}
