"""The evaluation: a question file and a corpus to figures, a report and a gate."""
