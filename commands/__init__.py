"""The commands of the command line, one module a step of the pipeline; `cli` gathers them."""
