"""One typed dataclass a page, built by a pure function of a desk and the query; templates only print them."""
