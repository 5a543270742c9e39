"""What is printed with: languages, number forms, answers, figures, tables. Reads results, never runs."""
