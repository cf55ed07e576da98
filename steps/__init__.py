"""What the steps of the pipeline need: `workflow` reads as one page because the rest of each step is here."""
