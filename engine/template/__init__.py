"""Life with a model day: who keeps to it, what it costs, how it is changed."""
