//! Plain text: a line is a line, and what they mean is told by their words alone. Minutes that a chat assistant wrote are
//! often saved as `.txt` with their Markdown in them, so that is looked for.

use super::{Document, leftovers, markdown};

/// The text as it is, with the marks of Markdown if it really has them; what an editor of web pages left in it is read.
pub fn read(text: String) -> Document {
    if markdown::is_in(&text) {
        markdown::read(text)
    } else {
        Document {
            text: leftovers::read(text),
            marks: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn asterisks_of_hidden_numbers_are_no_marks() {
        let text = "段文谦：电话138****1234，李**、王**两户。\n2*3=6，# 不是标题\n- 一户\n";
        assert!(read(text.to_owned()).marks.is_empty());
    }

    #[test]
    fn bold_names_make_it_markdown() {
        assert_eq!(read("**段文谦**：好。\n".to_owned()).marks.len(), 2);
    }

    proptest! {
        #[test]
        fn the_text_is_the_files(text in "[\\PC\\n*|#_-]{0,200}") {
            prop_assert_eq!(read(text.clone()).text, text);
        }
    }
}
